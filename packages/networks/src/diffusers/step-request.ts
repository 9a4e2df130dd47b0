import { invalid } from "@symbreak/core";
import type { StepRequest } from "./scheduler.ts";

/** The timesteps of a request that names them; an error for one that names sigmas. */
export function refuseSigmas(
  className: string,
  steps: Exclude<StepRequest, number>,
): readonly number[] {
  if ("timesteps" in steps) return steps.timesteps;
  throw invalid("levels", `${className} takes a number of steps or timesteps`, Object.keys(steps));
}

/** The number of a request that must be one. */
export function stepCount(className: string, steps: StepRequest): number {
  if (typeof steps !== "number" || !Number.isInteger(steps) || steps < 1)
    throw invalid("levels", `${className} takes a positive number of steps`, JSON.stringify(steps));
  return steps;
}
