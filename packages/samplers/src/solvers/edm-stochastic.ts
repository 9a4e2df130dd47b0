import type { NoiseLevel, Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step } from "../solver.ts";
import type { EulerOptions } from "./euler.ts";
import { heunSteps } from "./heun.ts";

/** The churn that Karras et al. 2022 (table 5) use for ImageNet-64 at 256 steps. */
const CHURN = { amount: 40, min: 0.05, max: 50, noise: 1.003 };

/**
 * The stochastic sampler of EDM (Karras et al. 2022, algorithm 2): `heun` with churn, by default that of the
 * paper for ImageNet-64. Two network calls a step; needs `noise`.
 */
export async function* edmStochastic(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: EulerOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const churn = { ...CHURN, ...options.churn };
  yield* heunSteps("edmStochastic", denoiser, x, levels, { ...options, churn });
}
