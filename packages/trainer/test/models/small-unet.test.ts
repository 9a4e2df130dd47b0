import { constant, gradients, interpret, program, sum } from "@symbreak/graph";
import { expect, test } from "vitest";
import { initialise } from "../../src/initialiser.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { leaves, noisyWeights, outputOf } from "../leaves.ts";

const TINY = {
  sampleSize: [8, 4],
  inChannels: 2,
  blockOutChannels: [4, 8, 8],
  normNumGroups: 2,
} as const;
const SAMPLE = Float32Array.from({ length: 128 }, (_, i) => Math.sin(3 * i));

test("the output has the input's shape, and begins at zero", () => {
  const model = smallUnet(TINY);
  const output = outputOf(model, initialise(model, 1), { sample: SAMPLE, timestep: [3, 700] });
  expect(output).toEqual(new Float64Array(128));
  expect(smallUnet({ ...TINY, outChannels: 4 }).outputShape).toEqual([4, 8, 4]);
});

test("each sample is computed by itself", () => {
  const model = smallUnet(TINY);
  const weights = noisyWeights(model);
  const both = outputOf(model, weights, { sample: SAMPLE, timestep: [3, 700] });
  const alone = outputOf(model, weights, { sample: SAMPLE.subarray(64), timestep: [700] });
  expect(Array.from(both.subarray(64))).toEqual(Array.from(alone));
  const early = outputOf(model, weights, { sample: SAMPLE.subarray(64), timestep: [3] });
  expect(early).not.toEqual(alone);
});

test("every weight has a gradient", () => {
  const model = smallUnet({ ...TINY, numClassEmbeds: 2 });
  const p = leaves(model);
  const x = constant(SAMPLE, [2, 2, 8, 4]);
  const out = model.apply(p, x, constant([3, 700]), { labels: constant([0, 1], [2], "int32") });
  const names = model.parameters.map(({ name }) => name);
  const found = gradients(
    sum(out),
    names.map((name) => p[name]!),
  );
  const results = Object.fromEntries(found.map((gradient, i) => [`d ${names[i]}`, gradient]));
  const values = interpret(program(results), noisyWeights(model));
  // A key's bias shifts all logits of a row alike, which the softmax does not see.
  const silent = names.filter((name) => values[`d ${name}`]!.every((g) => Math.abs(g) < 1e-12));
  expect(silent).toEqual(["middle.attention.to_k.bias"]);
});

test("further blocks change nothing when they begin, and something later", () => {
  const deep = smallUnet({ ...TINY, layersPerBlock: 3 });
  const shallow = noisyWeights(smallUnet(TINY));
  const asked = { sample: SAMPLE, timestep: [3, 700] };
  const begun = { ...initialise(deep, 1), ...shallow };
  expect(Object.keys(begun)).toHaveLength(deep.parameters.length);
  expect(outputOf(deep, begun, asked)).toEqual(outputOf(smallUnet(TINY), shallow, asked));
  const trained = { ...noisyWeights(deep), ...shallow };
  expect(outputOf(deep, trained, asked)).not.toEqual(outputOf(deep, begun, asked));
});

test("one level is no U-Net", () => {
  expect(() => smallUnet({ ...TINY, blockOutChannels: [8] })).toThrow("at least two levels");
});

test("patches are pixels of a smaller network", () => {
  const model = smallUnet({ ...TINY, sampleSize: 8, patchSize: 2 });
  const sample = Float32Array.from({ length: 128 }, (_, i) => Math.sin(3 * i));
  expect(model.shape).toEqual([2, 8, 8]);
  const filters = Object.fromEntries(model.parameters.map(({ name, shape }) => [name, shape]));
  expect(filters["conv_in.weight"]).toEqual([4, 8, 3, 3]);
  expect(filters["conv_out.weight"]).toEqual([8, 4, 3, 3]);
  expect(outputOf(model, noisyWeights(model), { sample, timestep: [3] })).toHaveLength(128);
  expect(() => smallUnet({ ...TINY, patchSize: 3 })).toThrow("patchSize must divide");
});
