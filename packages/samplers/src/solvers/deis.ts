import type { Samples } from "@symbreak/core";
import { checkKeys, noiseToSignal } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { combine, type Term } from "./combine.ts";
import { connect } from "./connect.ts";
import { checkOrder } from "./dpm-coefficients.ts";
import { checkFinite } from "./sigma-space.ts";

/** Settings of {@link deis}. */
export interface DeisOptions {
  /** 1, 2 (default) or 3 slopes enter a step. */
  readonly order?: number;
  /** Step down to order 2 and 1 in the last two steps. Default: below 15 steps; 1 always for a step to clean data. */
  readonly lowerOrderFinal?: boolean;
}

/**
 * DEIS with polynomials in log rho (Zhang & Chen 2023, "log ρ-AB-DEIS"), rho = sigma/alpha: X' = X + ∫ P(log rho) d rho.
 * One network call a step.
 */
export function deis(settings: DeisOptions = {}): Solver {
  checkKeys("deis", settings, ["order", "lowerOrderFinal"]);
  const { order = 2 } = settings;
  checkOrder("deis", order);
  return {
    name: "deis",
    settings: { ...settings },
    stochastic: false,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { lowerOrderFinal = levels.length <= 15 } = settings;
      checkFinite("deis", levels);
      const network = connect("deis", denoiser, x, levels, options);
      const rho = levels.map(noiseToSignal);
      let state = x;
      const slopes: Samples[] = [];
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        slopes.unshift(epsilon);
        slopes.length = Math.min(slopes.length, order);
        // Clean data is infinitely far in log rho: nothing to extrapolate to.
        const highest = next.sigma === 0 ? 1 : lowerOrderFinal ? levels.length - 1 - i : order;
        const used = slopes.slice(0, highest);
        const nodes = used.map((_, k) => Math.log(rho[i - k]!));
        const terms = used.map((slope, k): Term => {
          const weight = antiderivative(rho[i + 1]!, nodes, k) - antiderivative(rho[i]!, nodes, k);
          return [next.alpha * weight, slope];
        });
        state = combine([next.alpha / level.alpha, state], ...terms);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}

/** ∫ L_k(log rho) d rho of the k-th Lagrange polynomial of the nodes. */
function antiderivative(rho: number, nodes: readonly number[], k: number): number {
  const l = Math.log(rho);
  const others = nodes.filter((_, j) => j !== k);
  const scale = others.reduce((product, node) => product * (nodes[k]! - node), 1);
  const [c = 0, d = 0] = others;
  // ∫ 1 = rho, ∫ l = rho(l − 1), ∫ l² = rho(l² − 2l + 2).
  const integral = [1, l - 1 - c, l * l - 2 * l + 2 - (c + d) * (l - 1) + c * d][others.length]!;
  return (rho * integral) / scale;
}
