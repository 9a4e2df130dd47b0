import { type Data, dataOf, philoxUniform, SYMMETRIC } from "@symbreak/core";
import { type ResolvedConfig, resolveConfig, type TrainConfig } from "../../src/run/config.ts";

/** A run that takes a millisecond a step: points of three dimensions. */
export function tinyConfig(changes: Partial<TrainConfig> = {}): ResolvedConfig {
  return resolveConfig({
    name: "tiny",
    data: { dataset: "none" },
    model: { className: "Mlp", size: 3, width: 8, depth: 2, timeFeatures: 4 },
    optimiser: { rate: 1e-3, warmUp: 2, average: 0.9 },
    batch: 4,
    steps: 6,
    seed: 5,
    every: { log: 2, checkpoint: 2, samples: 100 },
    ...changes,
  });
}

/** Ten points. */
export function tinyData(): Data {
  const uniform = new Float64Array(10 * 3);
  philoxUniform(1)(uniform, 3, 0);
  const values = Uint8Array.from(uniform, (u) => 256 * u);
  return dataOf(values, [3], SYMMETRIC);
}
