import { type ForwardProcess, invalid, type Process } from "@symbreak/core";
import { ancestral } from "./ancestral.ts";
import { eulerMaruyama } from "./euler-maruyama.ts";
import type { Predictor } from "./predictor-step.ts";
import { reverseDiffusion } from "./reverse-diffusion.ts";

/** The predictors by name; one in the process's own time needs the process of the run. */
export const PREDICTORS: Readonly<
  Record<PredictorName, (process: ForwardProcess | undefined) => Predictor>
> = {
  reverseDiffusion: () => reverseDiffusion,
  ancestral: () => ancestral,
  eulerMaruyama(process) {
    if (process === undefined || !("drift" in process))
      throw invalid("eulerMaruyama", "the run must have a continuous process", process?.name);
    return eulerMaruyama(process as Process);
  },
};

/** How a reverse SDE is discretised: its names in {@link PREDICTORS}. */
export type PredictorName = "reverseDiffusion" | "ancestral" | "eulerMaruyama";
