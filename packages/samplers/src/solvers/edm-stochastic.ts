import { checkKeys } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { checkedChurn } from "./churn.ts";
import type { EulerOptions } from "./euler.ts";
import { heunWalk } from "./heun.ts";

/** The churn that Karras et al. 2022 (table 5) use for ImageNet-64 at 256 steps. */
const CHURN = { amount: 40, min: 0.05, max: 50, noise: 1.003 };

/**
 * The stochastic sampler of EDM (Karras et al. 2022, algorithm 2): `heun` with churn, by default that of the
 * paper for ImageNet-64. Two network calls a step; needs `noise`.
 */
export function edmStochastic(settings: EulerOptions = {}): Solver {
  checkKeys("edmStochastic", settings, ["churn"]);
  const given = checkedChurn("edmStochastic", settings.churn ?? {});
  const churn = { ...CHURN, ...given };
  return {
    name: "edmStochastic",
    settings: settings.churn === undefined ? {} : { churn: given },
    stochastic: churn.amount > 0,
    calls: (steps) => 2 * steps - 1,
    walk: (denoiser, x, levels, options = {}) =>
      heunWalk("edmStochastic", churn, denoiser, x, levels, options),
  };
}
