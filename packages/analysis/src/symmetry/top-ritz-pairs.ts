import { philoxNoise } from "@symbreak/core";
import { dot, normalise, orthogonalise, symmetricEigen } from "@symbreak/core/linalg";

/** The product of a matrix, and where there is one of its transpose, with each of some vectors. */
export interface Images {
  readonly forward: readonly Float64Array[];
  readonly transposed?: readonly Float64Array[];
}

/** The largest eigenpairs of the symmetric part of a matrix. */
export interface RitzPairs {
  /** Descending. */
  readonly values: number[];
  /** Of unit length. */
  readonly vectors: Float64Array[];
  /** ‖S v − value·v‖ with S the symmetric part (with J itself where the transpose is unknown). */
  readonly residuals: number[];
  /** Frobenius norm of the antisymmetric part over that of the symmetric one, on the space searched. 0: a gradient. */
  readonly asymmetry: number;
}

/** Settings of {@link topRitzPairs}. */
export interface RitzOptions {
  /** Vectors multiplied at once. Default 4. */
  readonly block?: number;
  /** Most vectors multiplied. Default 48. */
  readonly most?: number;
  /** Largest residual, relative to the largest value. Default 1e-3. */
  readonly tolerance?: number;
  readonly seed?: number;
}

/**
 * The `wanted` algebraically largest eigenpairs of ½(J + Jᵀ) by block Lanczos with full orthogonalisation and a
 * Rayleigh–Ritz step: robust against a J that is not quite symmetric, as that of a learned score. Values lie below the
 * exact ones, by about residual²/gap.
 */
export async function topRitzPairs(
  apply: (vectors: readonly Float64Array[]) => Promise<Images>,
  size: number,
  wanted: number,
  { block = 4, most = 48, tolerance = 1e-3, seed = 0 }: RitzOptions = {},
): Promise<RitzPairs> {
  const basis: Float64Array[] = [];
  const images: Float64Array[] = [];
  const forward: Float64Array[] = [];
  let next = randomBlock(size, Math.min(size, Math.max(block, wanted)), seed);
  for (;;) {
    const fresh: Float64Array[] = [];
    for (const candidate of next) {
      const before = Math.sqrt(dot(candidate, candidate));
      orthogonalise(candidate, [...basis, ...fresh]);
      if (Math.sqrt(dot(candidate, candidate)) > 1e-10 * before) fresh.push(normalise(candidate));
    }
    if (fresh.length > 0) {
      const found = await apply(fresh);
      basis.push(...fresh);
      forward.push(...found.forward);
      images.push(...symmetricImages(found));
    }
    const pairs = rayleighRitz(basis, images, forward, Math.min(wanted, size));
    const worst = Math.max(...pairs.residuals);
    const scale = Math.max(...pairs.values.map(Math.abs));
    if (fresh.length === 0 || basis.length >= Math.min(most, size) || worst <= tolerance * scale)
      return pairs;
    const room = Math.min(block, Math.min(most, size) - basis.length);
    next = images
      .slice(-fresh.length)
      .slice(0, room)
      .map((image) => image.slice());
  }
}

function symmetricImages({ forward, transposed }: Images): Float64Array[] {
  if (transposed === undefined) return [...forward];
  return forward.map((image, n) => image.map((value, i) => 0.5 * (value + transposed[n]![i]!)));
}

function rayleighRitz(
  basis: readonly Float64Array[],
  images: readonly Float64Array[],
  forward: readonly Float64Array[],
  wanted: number,
): RitzPairs {
  const count = basis.length;
  const [matrix, raw] = [images, forward].map((columns) =>
    Float64Array.from({ length: count * count }, (_, at) =>
      dot(basis[Math.floor(at / count)]!, columns[at % count]!),
    ),
  );
  const half = (m: Float64Array, sign: number) =>
    m.map((value, at) => 0.5 * (value + sign * m[(at % count) * count + Math.floor(at / count)]!));
  const { values, vectors } = symmetricEigen(half(matrix!, 1), count);
  const combine = (columns: readonly Float64Array[], k: number): Float64Array => {
    const out = new Float64Array(basis[0]!.length);
    columns.forEach((column, j) => {
      const weight = vectors[k * count + j]!;
      for (let i = 0; i < out.length; i++) out[i]! += weight * column[i]!;
    });
    return out;
  };
  const top = Array.from({ length: Math.min(wanted, count) }, (_, k) => k);
  const found = top.map((k) => combine(basis, k));
  const residuals = top.map((k) => {
    const image = combine(images, k);
    for (let i = 0; i < image.length; i++) image[i]! -= values[k]! * found[k]![i]!;
    return Math.sqrt(dot(image, image));
  });
  const [even, odd] = [half(raw!, 1), half(raw!, -1)];
  const asymmetry = Math.sqrt(dot(odd, odd) / (dot(even, even) || 1));
  return { values: top.map((k) => values[k]!), vectors: found, residuals, asymmetry };
}

function randomBlock(size: number, count: number, seed: number): Float64Array[] {
  const noise = philoxNoise(seed);
  return Array.from({ length: count }, (_, draw) => {
    const vector = new Float64Array(size);
    noise(vector, size, draw);
    return normalise(vector);
  });
}
