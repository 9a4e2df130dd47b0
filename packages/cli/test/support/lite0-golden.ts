/** Features of synthetic images by PyTorch, made by scripts/lite0/weights.py. */
export interface Golden {
  readonly images: readonly {
    readonly shape: readonly [channels: number, height: number, width: number];
    readonly features: readonly number[];
  }[];
}

/** Image n of the golden file, smooth waves with a hard edge, as bytes in [−1, 1]: `pattern` of weights.py. */
export function goldenImage(
  n: number,
  [channels, height, width]: readonly [number, number, number],
): Float32Array {
  const out = new Float32Array(channels * height * width);
  for (let c = 0, i = 0; c < channels; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) {
        const wave = Math.sin(0.3 * (n + 1) * x + 0.7 * c) * Math.cos(0.2 * (n + 2) * y - 0.5 * c);
        const edge = (x + 2 * y) % (7 + 3 * n) < 3 ? 40 : 0;
        out[i] = Math.floor(110 + 70 * wave + edge) / 127.5 - 1;
      }
  return out;
}
