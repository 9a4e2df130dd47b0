import { checkKeys, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { checkChoice } from "./check-choice.ts";
import { combine, type Term } from "./combine.ts";
import { connect } from "./connect.ts";
import {
  checkAlgorithm,
  checkOrder,
  type DpmOptions,
  dpmCoefficients,
  lambda,
} from "./dpm-coefficients.ts";

/** Settings of {@link dpmSinglestep}. */
export interface DpmSinglestepOptions extends DpmOptions {
  /** Take the last step at order 1. Default false; always so for a step to clean data. */
  readonly lowerOrderFinal?: boolean;
  /**
   * The order at which each level is reached; k means: anew from k levels back, with the k predictions since (fewer if
   * there are fewer). Default {@link singlestepOrders}.
   */
  readonly orders?: readonly number[];
}

/**
 * DPM-Solver and DPM-Solver++, singlestep (Lu et al. 2022, algorithm 1): blocks of `order` steps, the last of which
 * goes from the block's start to its end with all its predictions. Inner levels are the list's own. One network call
 * a step.
 */
export function dpmSinglestep(settings: DpmSinglestepOptions = {}): Solver {
  checkKeys("dpmSinglestep", settings, [
    "order",
    "algorithm",
    "solverType",
    "lowerOrderFinal",
    "orders",
  ]);
  const { order = 2, algorithm = "dpmsolver++", solverType = "midpoint" } = settings;
  const { lowerOrderFinal = false } = settings;
  checkOrder("dpmSinglestep", order);
  checkAlgorithm("dpmSinglestep", algorithm);
  checkChoice("dpmSinglestep", "solverType", solverType, ["midpoint", "heun"]);
  return {
    name: "dpmSinglestep",
    settings: { ...settings },
    stochastic: algorithm.startsWith("sde"),
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { orders = singlestepOrders(order, levels, lowerOrderFinal) } = settings;
      const { flawedThirdOrder } = options.quirks ?? {};
      if (orders.length !== levels.length - 1)
        throw invalid("dpmSinglestep", `orders must be one a step (${levels.length - 1})`, orders);
      const network = connect("dpmSinglestep", denoiser, x, levels, options);
      let state = x;
      let start = x;
      const predictions: Samples[] = [];
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        predictions.unshift(algorithm.endsWith("++") ? denoised : epsilon);
        predictions.length = Math.min(predictions.length, order);
        const m = predictions.slice(0, orders[i]!);
        if (m.length === 1) start = state;

        const from = levels[i + 1 - m.length]!;
        const times = [next, ...m.map((_, k) => levels[i - k]!)].map(lambda);
        const [d0, d1, d2] = derivatives(m, times, solverType === "heun");
        const c = dpmCoefficients(algorithm, from, next, flawedThirdOrder);
        const terms: Term[] = [[c.d0, d0]];
        if (d1) terms.push([c.d1[m.length === 3 ? "heun" : solverType], d1]);
        if (d2) terms.push([c.d2, d2]);
        if (algorithm.startsWith("sde")) terms.push([c.noise, network.draw()]);
        state = combine([c.ofX, start], ...terms);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}

/** 1 … order over and over, the last block cut short as it must; 1 for a last step at low order or to clean data. */
export function singlestepOrders(
  order: number,
  levels: readonly NoiseLevel[],
  lowerOrderFinal: boolean,
): number[] {
  const orders = levels.slice(1).map((_, i) => (i % order) + 1);
  const full = orders.at(-1) === order;
  if (levels.at(-1)!.sigma === 0 || (lowerOrderFinal && full)) orders[orders.length - 1] = 1;
  return orders;
}

/**
 * D0, D1, D2 at the block's start from its predictions m (newest first) at `times` (the end, then those of m): with
 * three predictions either D1 alone from the outer two, or both from all.
 */
function derivatives(
  m: readonly Samples[],
  times: readonly number[],
  both: boolean,
): [Samples, Samples?, Samples?] {
  const start = times.at(-1)!;
  const h = times[0]! - start;
  const base = m.at(-1)!;
  if (m.length === 1 || h === 0) return [base];
  const slope = (k: number) => {
    const r = (times[k + 1]! - start) / h;
    return { r, d: combine([1 / r, m[k]!], [-1 / r, base]) };
  };
  const outer = slope(0);
  if (m.length === 2 || !both) return [base, outer.d];
  const inner = slope(1);
  const gap = outer.r - inner.r;
  const d1 = combine([outer.r / gap, inner.d], [-inner.r / gap, outer.d]);
  const d2 = combine([2 / gap, outer.d], [-2 / gap, inner.d]);
  return [base, d1, d2];
}
