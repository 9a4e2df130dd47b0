import { initialise, partsOf, resolveConfig, type TrainConfig } from "@symbreak/trainer";
import type { ExportableNetwork } from "../src/index.ts";

/** A network of points of three dimensions, as a run would hold it, with weights at random. */
export function tinyNetwork(changes: Partial<TrainConfig> = {}): ExportableNetwork {
  const config = resolveConfig({
    name: "tiny",
    data: { dataset: "none" },
    model: { className: "Mlp", size: 3, width: 8, depth: 2, timeFeatures: 4 },
    batch: 4,
    steps: 6,
    ...changes,
  });
  const { model, objective } = partsOf(config);
  // Layers that begin at zero would hide what is tested.
  const moved = Object.entries(initialise(model, 1)).map(
    ([name, values], k) =>
      [name, values.map((value, i) => value + 0.1 * Math.sin(1 + i + 7 * k))] as const,
  );
  const own = (objective.parameters ?? []).map(
    ({ name, shape, init }, i) => [name, init(shape, 1, i)] as const,
  );
  return { config, model, weights: Object.fromEntries([...moved, ...own]) };
}
