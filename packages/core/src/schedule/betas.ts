import { linspace, type Precision, rounding } from "./linspace.ts";

/** `betas[i]` from `start` to `end` in equal steps, both ends included: Ho et al. 2020 with 1e-4, 0.02. */
export function linearBetas(
  steps: number,
  start: number,
  end: number,
  precision: Precision = "float64",
): Float64Array {
  return linspace(start, end, steps, precision);
}

/** Equal steps in √beta, as latent diffusion has it (`scaled_linear` in diffusers). */
export function scaledLinearBetas(
  steps: number,
  start: number,
  end: number,
  precision: Precision = "float64",
): Float64Array {
  const round = rounding(precision);
  const roots = linspace(Math.sqrt(start), Math.sqrt(end), steps, precision);
  return roots.map((root) => round(root * root));
}

/**
 * The cosine schedule of Nichol & Dhariwal 2021: alphaBar(u) ∝ cos²((u + 0.008)/1.008 · π/2), betas capped at 0.999.
 *
 * diffusers (`squaredcos_cap_v2`) computes it in doubles and rounds the betas; so do we for float32.
 */
export function cosineBetas(steps: number, precision: Precision = "float64"): Float64Array {
  const round = rounding(precision);
  const alphaBar = (u: number) => Math.cos((((u + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  return Float64Array.from({ length: steps }, (_, i) =>
    round(Math.min(1 - alphaBar((i + 1) / steps) / alphaBar(i / steps), 0.999)),
  );
}

/** Betas along a sigmoid over [−6, 6] (GeoDiff; `sigmoid` in diffusers). */
export function sigmoidBetas(
  steps: number,
  start: number,
  end: number,
  precision: Precision = "float64",
): Float64Array {
  const round = rounding(precision);
  const sigmoid = (x: number) => round(1 / round(1 + round(Math.exp(-x))));
  return linspace(-6, 6, steps, precision).map((x) =>
    round(round(sigmoid(x) * round(end - start)) + round(start)),
  );
}
