import { checkKeys, type Samples } from "@symbreak/core";
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

/** Settings of {@link dpmMultistep}. */
export interface DpmMultistepOptions extends DpmOptions {
  /** Step down to order 2 and 1 in the last two steps: steadier for few. Default: below 15 steps. */
  readonly lowerOrderFinal?: boolean;
  /** First order in the last step whatever their number. Default false; always so for a step to clean data. */
  readonly eulerAtFinal?: boolean;
}

/**
 * DPM-Solver and DPM-Solver++, multistep (Lu et al. 2022, algorithm 2), and their SDE forms: the last `order`
 * predictions enter each step. One network call a step.
 */
export function dpmMultistep(settings: DpmMultistepOptions = {}): Solver {
  checkKeys("dpmMultistep", settings, [
    "order",
    "algorithm",
    "solverType",
    "lowerOrderFinal",
    "eulerAtFinal",
  ]);
  const { order = 2, algorithm = "dpmsolver++", solverType = "midpoint" } = settings;
  const { eulerAtFinal = false } = settings;
  checkOrder("dpmMultistep", order);
  checkAlgorithm("dpmMultistep", algorithm);
  checkChoice("dpmMultistep", "solverType", solverType, ["midpoint", "heun"]);
  return {
    name: "dpmMultistep",
    settings: { ...settings },
    stochastic: algorithm.startsWith("sde"),
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { lowerOrderFinal = levels.length <= 15 } = settings;
      const { flawedThirdOrder } = options.quirks ?? {};
      const network = connect("dpmMultistep", denoiser, x, levels, options);
      let state = x;
      const predictions: Samples[] = [];
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        predictions.unshift(algorithm.endsWith("++") ? denoised : epsilon);
        predictions.length = Math.min(predictions.length, order);

        const left = levels.length - 1 - i;
        const last = next.sigma === 0 || (eulerAtFinal && left === 1);
        const used = predictions.slice(0, last ? 1 : lowerOrderFinal ? left : order);
        const times = [next, ...used.map((_, k) => levels[i - k]!)].map(lambda);
        const [d0, d1, d2] = derivatives(used, times, flawedThirdOrder ? 1 : 2);
        const c = dpmCoefficients(algorithm, level, next, flawedThirdOrder);
        const terms: Term[] = [[c.d0, d0]];
        if (d1) terms.push([c.d1[d2 ? "heun" : solverType], d1]);
        if (d2) terms.push([c.d2, d2]);
        if (algorithm.startsWith("sde")) terms.push([c.noise, network.draw()]);
        state = combine([c.ofX, state], ...terms);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}

/**
 * D0, D1, D2 from the predictions m at the last one, two or three times (newest first, after the coming one): divided
 * differences, scaled by the coming step h. The second one times 2 is the second derivative.
 */
function derivatives(
  m: readonly Samples[],
  times: readonly number[],
  factor: number,
): [Samples, Samples?, Samples?] {
  const [next, t0, t1, t2] = times as [number, number, number?, number?];
  const h = next - t0;
  if (t1 === undefined || h === 0) return [m[0]!];
  const r0 = (t0 - t1) / h;
  const near = combine([1 / r0, m[0]!], [-1 / r0, m[1]!]);
  if (t2 === undefined) return [m[0]!, near];
  const r1 = (t1 - t2) / h;
  const far = combine([1 / r1, m[1]!], [-1 / r1, m[2]!]);
  const [weight, curvature] = [r0 / (r0 + r1), factor / (r0 + r1)];
  const d1 = combine([1 + weight, near], [-weight, far]);
  return [m[0]!, d1, combine([curvature, near], [-curvature, far])];
}
