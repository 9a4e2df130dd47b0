import { input, program, unpack } from "@symbreak/graph";
import type { Engine } from "../engines/engine.ts";
import type { Model } from "../model.ts";
import { type Layout, layoutSize } from "../step/layout.ts";

/** A network on an engine, for `count` samples at a time, whose weights come with each call. */
export interface EngineNetwork {
  /** x: count × size, channels first → count × output size. */
  predict(parameters: Float32Array, x: Float32Array, timestep: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/**
 * Compiles a network for drawing samples during training. `parameters` are packed as in the training step, the
 * objective's own included. A conditional network draws its classes in turn: sample i is of class i mod classes.
 */
export async function engineNetwork(
  engine: Engine,
  model: Model,
  layout: Layout,
  count: number,
): Promise<EngineNetwork> {
  const weights = unpack(input("parameters", [layoutSize(layout)]), layout);
  const x = input("x", [count, ...model.shape]);
  const { labels: classes } = model;
  const extras = classes === undefined ? {} : { labels: input("labels", [count], "int32") };
  const output = model.apply(weights, x, input("timestep", [count]), extras);
  const compiled = await engine.compile(program({ output }), { state: {} });
  const labels = Int32Array.from({ length: count }, (_, i) => i % (classes ?? 1));
  return {
    predict: async (parameters, x, timestep) => {
      const timesteps = new Float32Array(count).fill(timestep);
      const feeds = {
        parameters,
        x,
        timestep: timesteps,
        ...(classes !== undefined && { labels }),
      };
      return (await compiled.run(feeds)).output as Float32Array;
    },
    dispose: () => compiled.dispose(),
  };
}
