import { constant, gradients, interpret, program, sum } from "@symbreak/graph";
import { expect, test } from "vitest";
import { initialise } from "../../src/initialiser.ts";
import { mlp } from "../../src/models/mlp.ts";
import { leaves } from "../leaves.ts";

const RANDOM = { "out.weight": Float32Array.from({ length: 256 }, (_, i) => Math.sin(i)) };

test("the network has the reference layout 34-128-128-128-2 by default", () => {
  const model = mlp();
  expect(model.parameters.map(({ shape }) => shape)).toEqual([
    [128, 34],
    [128],
    [128, 128],
    [128],
    [128, 128],
    [128],
    [2, 128],
    [2],
  ]);
});

test("the output begins at zero, and depends on the time once it does not", () => {
  const model = mlp();
  const x = constant([0.5, -1, 0.5, -1], [2, 2]);
  const out = model.apply(leaves(model), x, constant([3, 700]));
  const weights = initialise(model, 1);
  expect(Array.from(interpret(program({ out }), weights).out!)).toEqual([0, 0, 0, 0]);
  const [a, , b] = interpret(program({ out }), { ...weights, ...RANDOM }).out!;
  expect(Math.abs(a! - b!)).toBeGreaterThan(1e-3);
});

test("labels change the output of a conditional network, and are asked for", () => {
  const model = mlp({ numClassEmbeds: 3, timeEmbeddingType: "fourier", timeScale: 0.001 });
  const x = constant([0.5, -1, 0.5, -1], [2, 2]);
  const t = constant([5, 5]);
  const labels = constant([0, 2], [2], "int32");
  const out = model.apply(leaves(model), x, t, { labels });
  const values = interpret(program({ out }), { ...initialise(model, 1), ...RANDOM }).out!;
  expect(Math.abs(values[0]! - values[2]!)).toBeGreaterThan(1e-3);
  expect(() => model.apply(leaves(model), x, t)).toThrow(
    "mlp: a network with classes needs labels",
  );
});

test("the random frequencies of the time features are never trained", () => {
  const model = mlp({ timeEmbeddingType: "fourier", width: 8 });
  const p = leaves(model);
  const loss = sum(model.apply(p, constant([1, 2], [1, 2]), constant([0.3])));
  const [gradient] = gradients(loss, [p["time.frequencies"]!]);
  const values = interpret(program({ gradient: gradient! }), initialise(model, 1));
  expect(values.gradient!.every((g) => g === 0)).toBe(true);
});

test("the same seed gives the same weights, and another seed others", () => {
  const model = mlp();
  expect(initialise(model, 7)).toEqual(initialise(model, 7));
  expect(initialise(model, 7)).not.toEqual(initialise(model, 8));
});

test("bad sizes are named", () => {
  expect(() => mlp({ width: 0 })).toThrow("mlp: width must be a positive integer, got 0");
  expect(() => mlp({ timeFeatures: 7 })).toThrow("timeFeatures must be even");
});
