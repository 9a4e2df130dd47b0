import { checkKeys, invalid, type Samples } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { combine, type Term } from "./combine.ts";
import { connect } from "./connect.ts";
import { lambda } from "./dpm-coefficients.ts";
import { uniPcWeights } from "./uni-pc-weights.ts";

/** Settings of {@link uniPc}. */
export interface UniPcOptions {
  /** Default 2; 3 for unconditional sampling, say the authors. Each order adds one past prediction. */
  readonly order?: number;
  /** B(h) of the paper: h ("bh1") or e^h − 1 ("bh2", default). */
  readonly solverType?: "bh1" | "bh2";
  /** Work with x0 (default) or with epsilon. */
  readonly predictX0?: boolean;
  /** Step down to order 2 and 1 in the last steps. Default true. */
  readonly lowerOrderFinal?: boolean;
  /** Steps (from 0) whose end is not corrected. Default none. */
  readonly uncorrected?: readonly number[];
}

/**
 * UniPC (Zhao et al. 2023, algorithms 5–8): each prediction first corrects the step that led to it, at no further
 * network call, then predicts the next. Order p + 1 for `order` p.
 */
export function uniPc(settings: UniPcOptions = {}): Solver {
  checkKeys("uniPc", settings, [
    "order",
    "solverType",
    "predictX0",
    "lowerOrderFinal",
    "uncorrected",
  ]);
  const { order = 2, solverType = "bh2", predictX0 = true, lowerOrderFinal = true } = settings;
  const { uncorrected = [] } = settings;
  if (!(Number.isInteger(order) && order >= 1))
    throw invalid("uniPc", "order must be a positive integer", order);
  if (solverType !== "bh1" && solverType !== "bh2")
    throw invalid("uniPc", 'solverType must be "bh1" or "bh2"', solverType);
  return {
    name: "uniPc",
    settings: { ...settings },
    stochastic: false,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const network = connect("uniPc", denoiser, x, levels, options);
      const times = levels.map(lambda);

      /** Step i from its start `from` with the past predictions, newest first; `fresh` is the one at its end, if known. */
      const step = (
        i: number,
        from: Samples,
        past: readonly Samples[],
        fresh?: Samples,
      ): Samples => {
        const [level, next] = [levels[i]!, levels[i + 1]!];
        const h = times[i + 1]! - times[i]!;
        const ratios = past.slice(1).map((_, k) => (times[i - k - 1]! - times[i]!) / h);
        const { base, rho } = uniPcWeights(
          predictX0 ? -h : h,
          ratios,
          solverType,
          fresh !== undefined,
        );
        const [keep, scale] = predictX0
          ? [next.sigma / level.sigma, next.alpha]
          : [next.alpha / level.alpha, next.sigma];
        const differences = fresh === undefined ? past.slice(1) : [...past.slice(1), fresh];
        const terms = differences.map((m, k): Term => [-scale * rho[k]!, m]);
        // To clean data e^h is infinite and sigma' is 0; their product is not.
        const whole = next.sigma === 0 && !predictX0 ? keep * level.sigma : scale * base;
        const rest = whole + terms.reduce((sum, [weight]) => sum + weight, 0);
        return combine([keep, from], [-rest, past[0]!], ...terms);
      };

      let state = x;
      let start = x;
      let past: Samples[] = [];
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        const fresh = predictX0 ? denoised : epsilon;
        if (i > 0 && !uncorrected.includes(i - 1)) state = step(i - 1, start, past, fresh);
        const left = lowerOrderFinal ? levels.length - 1 - i : order;
        past = [fresh, ...past].slice(
          0,
          times[i + 1]! - times[i]! < Infinity ? Math.min(order, left) : 1,
        );
        start = state;
        state = step(i, start, past);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
