import { mean, mul, sub, type Tensor } from "@symbreak/graph";
import type { FeedSpec, Loss, Network, Objective } from "./objective.ts";

/** The inputs of {@link squaredError}. */
export const squaredErrorInputs: Objective["inputs"] = (shape): Record<string, FeedSpec> => ({
  x: { shape },
  timestep: { shape: [] },
  target: { shape },
  weight: { shape: [] },
});

/** mean over samples i of weight_i · mean over elements j of (network(x_i, timestep_i)_j − target_ij)². */
export function squaredError(network: Network, inputs: Readonly<Record<string, Tensor>>): Loss {
  const { x, timestep, target, weight } = inputs;
  const error = sub(network(x!, timestep!), target!);
  const perSample = sampleMean(mul(error, error));
  return { loss: mean(mul(perSample, weight!)), perSample };
}

/** The mean over everything but the first axis: [n, ...] → [n]. */
export function sampleMean(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(1);
  return mean(x, axes);
}
