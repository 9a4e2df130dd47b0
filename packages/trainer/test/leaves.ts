import { input, interpret, program } from "@symbreak/graph";
import type { Model, Parameters } from "../src/model.ts";

/** An input for each of a model's parameters. */
export function leaves(model: Model): Parameters {
  return Object.fromEntries(model.parameters.map(({ name, shape }) => [name, input(name, shape)]));
}

/** A network's output in double precision. */
export function outputOf(
  model: Model,
  weights: Readonly<Record<string, Float32Array>>,
  feeds: { sample: ArrayLike<number>; timestep: ArrayLike<number>; labels?: ArrayLike<number> },
): Float64Array {
  const n = feeds.timestep.length;
  const output = model.apply(
    leaves(model),
    input("sample", [n, ...model.shape]),
    input("timestep", [n]),
    feeds.labels ? { labels: input("labels", [n], "int32") } : {},
  );
  return interpret(program({ output }), { ...weights, ...feeds }).output!;
}

/** Weights without zeros, so that no part of a network is silent. */
export function noisyWeights(model: Model): Record<string, Float32Array> {
  return Object.fromEntries(
    model.parameters.map(({ name, shape, init }, index) => {
      const values = init(shape, 5, index);
      return [name, values.map((v, i) => v + 0.1 * Math.sin(1 + i + 7 * index))];
    }),
  );
}
