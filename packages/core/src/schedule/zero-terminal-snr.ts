import { type Precision, rounding } from "./linspace.ts";

/**
 * Rescales betas so that the last alphaBar is exactly 0 and the first is unchanged (Lin et al. 2023, algorithm 1).
 *
 * √alphaBar is shifted by its last value and stretched back; the last beta becomes 1.
 */
export function zeroTerminalSnrBetas(
  betas: ArrayLike<number>,
  precision: Precision = "float64",
): Float64Array {
  const round = rounding(precision);
  const roots = cumulativeAlphas(betas, precision).map((alphaBar) => round(Math.sqrt(alphaBar)));
  const first = roots[0]!;
  const last = roots[roots.length - 1]!;
  const stretch = round(first / round(first - last));
  const alphaBars = roots.map((root) => {
    const rescaled = round(round(root - last) * stretch);
    return round(rescaled * rescaled);
  });
  return alphaBars.map((alphaBar, i) =>
    round(1 - (i === 0 ? alphaBar : round(alphaBar / alphaBars[i - 1]!))),
  );
}

/** alphaBar_i = Π_{j ≤ i} (1 − beta_j); float32 rounds each entry but, as PyTorch, not the running product. */
export function cumulativeAlphas(betas: ArrayLike<number>, precision: Precision): Float64Array {
  const round = rounding(precision);
  let product = 1;
  return Float64Array.from(betas, (beta) => {
    product *= round(1 - beta);
    return round(product);
  });
}
