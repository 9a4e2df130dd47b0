import { checkNumbers } from "../check-numbers.ts";
import { invalid } from "../invalid.ts";
import type { ForwardProcess } from "./forward-process.ts";

/** Settings of {@link flow}. */
export interface FlowOptions {
  /** What the network is told at t: `timeScale`·t. Default 1; diffusers' networks are told 1000 t. */
  readonly timeScale?: number;
  /** The least t that samplers go down to. Default 1e-3. */
  readonly tMin?: number;
}

/**
 * Rectified flow and flow matching (Liu et al. 2023; Lipman et al. 2023): the straight path x = (1 − t)·x_0 + t·epsilon.
 *
 * At t = 1 it is pure noise with no signal left. A network of velocities predicts epsilon − x_0 = dx/dt, which is the
 * `flow` prediction of `convert`. The process' time is `timeScale`·t.
 */
export function flow(options: FlowOptions = {}): ForwardProcess {
  checkNumbers("flow", options, ["timeScale", "tMin"]);
  const { timeScale = 1, tMin = 1e-3 } = options;
  if (!(timeScale > 0 && timeScale < Infinity))
    throw invalid("flow", "timeScale must be positive", timeScale);
  if (!(tMin >= 0 && tMin < 1)) throw invalid("flow", "tMin must lie in [0, 1)", tMin);
  return {
    name: "flow",
    spec: { name: "flow", timeScale, tMin },
    tMin: tMin * timeScale,
    tMax: timeScale,
    level: (time) => ({ alpha: 1 - time / timeScale, sigma: time / timeScale, timestep: time }),
    // sigma/alpha = e^{−logSnr/2} = t/(1 − t).
    timeAt: (logSnr) => timeScale / (1 + Math.exp(0.5 * logSnr)),
  };
}
