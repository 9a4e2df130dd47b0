import { checkKeys, flow, invalid, normalQuantile } from "@symbreak/core";
import { denoising } from "./denoising.ts";
import type { Objective } from "./objective.ts";

/** Settings of {@link flowMatching}. */
export interface FlowMatchingOptions {
  /** How t is drawn: the logistic function of a normal number (Esser et al. 2024, the default), or uniformly. */
  readonly times?: "logitNormal" | "uniform";
  /** Mean and deviation of that number. Default 0 and 1. */
  readonly logitMean?: number;
  readonly logitDeviation?: number;
  /** The network is told t times this. Default 1000, as diffusers' networks are. */
  readonly timeScale?: number;
}

/**
 * Flow matching along straight paths, or rectified flow (Lipman et al. 2023, eq. 23; Liu et al. 2023): at
 * x = (1 − t)·x_0 + t·epsilon the network predicts the velocity dx/dt = epsilon − x_0, the `flow` prediction, with squared
 * error.
 */
export function flowMatching(options: FlowMatchingOptions = {}): Objective {
  checkKeys("flowMatching", options, ["times", "logitMean", "logitDeviation", "timeScale"]);
  const { times = "logitNormal", logitMean = 0, logitDeviation = 1, timeScale = 1000 } = options;
  if (times !== "logitNormal" && times !== "uniform")
    throw invalid("flowMatching", 'times must be "logitNormal" or "uniform"', times);
  if (!(logitDeviation > 0))
    throw invalid("flowMatching", "logitDeviation must be positive", logitDeviation);
  const { level } = flow({ timeScale });
  const timeOf = (fraction: number): number =>
    times === "uniform"
      ? fraction
      : 1 / (1 + Math.exp(-logitMean - logitDeviation * normalQuantile(fraction)));
  return denoising({
    name: `flow, ${times === "uniform" ? "uniform" : "logit-normal"} times`,
    prediction: "flow",
    level: (fraction) => level(timeScale * timeOf(fraction)),
    weight: () => 1,
  });
}
