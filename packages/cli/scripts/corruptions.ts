import {
  bytesOf,
  type Data,
  type ImageShape,
  imageShape,
  philoxNoise,
  sizeOf,
  takeSamples,
} from "@symbreak/core";

/**
 * Real images made worse in known ways, `count` each: white noise of σ in units of [−1, 1], a Gaussian blur of one pixel, half of
 * the classes (or of all, where there are none), and half of the images replaced by `draws`.
 */
export function corruptions(
  set: Data,
  count: number,
  draws: Uint8Array,
): Readonly<Record<string, Uint8Array>> {
  const size = sizeOf(set.shape);
  // Places halfway between those that an even choice of reference images has.
  const places = Array.from({ length: count }, (_, i) =>
    Math.floor(((i + 0.41) * set.count) / count),
  );
  const take = (indices: readonly number[]): Uint8Array =>
    bytesOf("corruptions", takeSamples(set, indices));
  const plain = take(places);
  const noisy = (sigma: number): Uint8Array => {
    const noise = new Float64Array(plain.length);
    philoxNoise(2)(noise, size, 0);
    return Uint8Array.from(
      Uint8ClampedArray.from(plain, (byte, i) => byte + 127.5 * sigma * noise[i]!),
    );
  };
  const mixed = plain.slice();
  mixed.set(draws.subarray(0, (count >> 1) * size));
  const { labels } = set;
  const half = labels ? Array.from(labels.keys()).filter((i) => labels[i]! < 5) : undefined;
  return {
    "noise .05": noisy(0.05),
    "noise .2": noisy(0.2),
    "blur 1": blurred(plain, imageShape("corruptions", set), 1),
    ...(half && {
      half: take(places.map((_, i) => half[Math.floor(((i + 0.41) * half.length) / count)]!)),
    }),
    mix: mixed,
  };
}

/** Gaussian blur of σ pixels; beyond an edge its pixels are repeated. */
function blurred(images: Uint8Array, [, height, width]: ImageShape, sigma: number): Uint8Array {
  const reach = Math.ceil(4 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / sigma) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (from: Float64Array, side: number, stride: number): Float64Array =>
    from.map((_, at) => {
      const place = Math.floor(at / stride) % side;
      return weights.reduce((sum, weight, i) => {
        const there = Math.min(Math.max(place + i - reach, 0), side - 1);
        return sum + (weight / total) * from[at + (there - place) * stride]!;
      }, 0);
    });
  const rows = along(Float64Array.from(images), width, 1);
  return Uint8Array.from(Uint8ClampedArray.from(along(rows, height, width)));
}
