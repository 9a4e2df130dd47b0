import { allocate, checkKeys, invalid, type Samples } from "@symbreak/core";
import { sizeOf } from "../size-of.ts";
import type { Solver } from "../solver.ts";
import { checkChoice } from "../solvers/check-choice.ts";
import { combine } from "../solvers/combine.ts";
import { connect } from "../solvers/connect.ts";
import { dormandPrince } from "./dormand-prince.ts";
import { flowTime, flowTimeAt } from "./flow-frame.ts";
import { levelsPath, pathOf } from "./path.ts";

/** Settings of {@link probabilityFlow}. */
export interface ProbabilityFlowOptions {
  /** Error allowed per value and step, rtol·|x| + atol. Default 1e-5 each, as Song et al. */
  readonly rtol?: number;
  readonly atol?: number;
  /** The levels between those given: interpolated in the list (default), or those of the run's process. */
  readonly path?: "levels" | "process";
  /**
   * Whose error sets the step: each sample's own, one sample at a time, so that none depends on its batch (default); or the
   * batch's, as score_sde does, in fewer and larger network calls.
   */
  readonly control?: "sample" | "batch";
}

/**
 * The probability-flow ODE, integrated to a tolerance by Dormand–Prince 5(4) (Song et al. 2021, section 4.3).
 *
 * Steps are as long as the tolerance lets them; `levels` only says where it starts, where it reports and where it ends.
 * From the last noisy level the step to clean data is the denoiser's estimate. Deterministic. `nfe` counts calls, of one
 * sample each unless `control` is "batch".
 *
 * @example sample({ denoiser, solver: probabilityFlow({ path: "process" }), process: p, steps: 2, … })
 */
export function probabilityFlow(settings: ProbabilityFlowOptions = {}): Solver {
  checkKeys("probabilityFlow", settings, ["rtol", "atol", "path", "control"]);
  const { rtol = 1e-5, atol = 1e-5, control = "sample" } = settings;
  if (!(rtol > 0 && atol > 0 && rtol + atol < Infinity))
    throw invalid("probabilityFlow", "rtol and atol must be positive", [rtol, atol]);
  checkChoice("probabilityFlow", "path", settings.path, ["levels", "process"]);
  checkChoice("probabilityFlow", "control", control, ["sample", "batch"]);
  return {
    name: "probabilityFlow",
    settings: { ...settings },
    stochastic: false,
    calls: () => undefined,
    async *walk(denoiser, x, levels, options = {}) {
      const network = connect("probabilityFlow", denoiser, x, levels, options);
      if (!(levels[0]!.alpha > 0))
        throw invalid("probabilityFlow", "levels[0] must hold signal", levels[0]!.alpha);
      const path =
        settings.path === "process"
          ? pathOf("probabilityFlow", options.process)
          : levelsPath(levels);
      const length = control === "batch" ? x.length : sizeOf(denoiser.shape);
      const steps: (number | undefined)[] = new Array(x.length / length).fill(undefined);

      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        if (next.sigma === 0) {
          const { denoised } = await network.estimate(state, level, i);
          yield network.reached(denoised, denoised, next, i);
          return;
        }
        const [from, to] = [flowTime(level), flowTime(next)];
        const denoised = allocate(x);
        const reached = allocate(x);
        for (let part = 0; part < steps.length; part++) {
          const range = [part * length, (part + 1) * length] as const;
          const rows =
            control === "batch" ? options.samples : rowsOf(options.samples, part, part + 1);
          let seen: Samples = state;
          const slope = async (u: number, y: Float64Array): Promise<Float64Array> => {
            const { a } = flowTimeAt(u);
            const at = path(-2 * u);
            const scaled = combine([at.alpha / a, y]);
            seen = (await network.estimate(scaled, at, i, rows)).denoised;
            return combine([a * a, y], [-a, seen]) as Float64Array;
          };
          const start = Float64Array.from(
            state.subarray(...range),
            (v) => (v * from.a) / level.alpha,
          );
          const firstStep = steps[part];
          const end = await dormandPrince(slope, start, from.u, to.u, { rtol, atol, firstStep });
          steps[part] = end.nextStep;
          denoised.set(seen, range[0]);
          for (let j = 0; j < length; j++) reached[range[0] + j] = (end.y[j]! * next.alpha) / to.a;
        }
        state = reached;
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}

/** The numbers of some rows of the batch, where they are known. */
function rowsOf(
  samples: ArrayLike<number> | undefined,
  first: number,
  end: number,
): ArrayLike<number> | undefined {
  return samples && Array.from(samples).slice(first, end);
}
