import { allocate, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import { sizeOf } from "../size-of.ts";
import type { Step } from "../solver.ts";
import { combine } from "../solvers/combine.ts";
import { connect } from "../solvers/network.ts";
import type { WalkOptions } from "../solvers/walk-options.ts";
import { dormandPrince } from "./dormand-prince.ts";
import { flowTime, flowTimeAt } from "./flow-frame.ts";
import { levelsPath, type Path } from "./path.ts";

/** Settings of {@link probabilityFlow}. */
export interface ProbabilityFlowOptions
  extends Pick<WalkOptions, "noise" | "signal" | "threshold"> {
  /** Error allowed per value and step, rtol·|x| + atol. Default 1e-5 each, as Song et al. */
  readonly rtol?: number;
  readonly atol?: number;
  /** The levels between those given: `processPath(process)` or `schedulePath(schedule)`. Default `levelsPath(levels)`. */
  readonly path?: Path;
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
 * @example sample({ denoiser, solver: probabilityFlow, options: { path: processPath(p) }, process: p, steps: 2, … })
 */
export async function* probabilityFlow(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: ProbabilityFlowOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const { rtol = 1e-5, atol = 1e-5, control = "sample" } = options;
  if (!(rtol > 0 && atol > 0))
    throw invalid("probabilityFlow", "rtol and atol must be positive", [rtol, atol]);
  const network = connect("probabilityFlow", denoiser, x, levels, options);
  if (!(levels[0]!.alpha > 0))
    throw invalid("probabilityFlow", "levels[0] must hold signal", levels[0]!.alpha);
  const path = options.path ?? levelsPath(levels);
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
      let seen: Samples = state;
      const slope = async (u: number, y: Float64Array): Promise<Float64Array> => {
        const { a } = flowTimeAt(u);
        const at = path(-2 * u);
        const scaled = combine([at.alpha / a, y]);
        seen = (await network.estimate(scaled, at, i)).denoised;
        return combine([a * a, y], [-a, seen]) as Float64Array;
      };
      const start = Float64Array.from(state.subarray(...range), (v) => (v * from.a) / level.alpha);
      const firstStep = steps[part];
      const end = await dormandPrince(slope, start, from.u, to.u, { rtol, atol, firstStep });
      steps[part] = end.nextStep;
      denoised.set(seen, range[0]);
      for (let j = 0; j < length; j++) reached[range[0] + j] = (end.y[j]! * next.alpha) / to.a;
    }
    state = reached;
    yield network.reached(state, denoised, next, i);
  }
}
