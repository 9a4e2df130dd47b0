import { expect, test } from "vitest";
import { initialise } from "../../src/initialiser.ts";
import { begunWith } from "../../src/models/begun-with.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { noisyWeights, outputOf } from "../leaves.ts";

const TINY = { sampleSize: 8, inChannels: 1, blockOutChannels: [8, 16] } as const;
const SAMPLE = Float32Array.from({ length: 64 }, (_, i) => Math.sin(3 * i));

test("a network begins with another's weights, and one with more blocks and classes computes the same", () => {
  const trained = smallUnet(TINY);
  const weights = noisyWeights(trained);
  expect(initialise(begunWith(trained, weights), 1)).toEqual(weights);
  const wanted = outputOf(trained, weights, { sample: SAMPLE, timestep: [7] });
  const grown = begunWith(smallUnet({ ...TINY, layersPerBlock: 2, numClassEmbeds: 3 }), weights);
  const first = initialise(grown, 1);
  for (const label of [0, 2])
    expect(outputOf(grown, first, { sample: SAMPLE, timestep: [7], labels: [label] })).toEqual(
      wanted,
    );
  // What is new is ready to learn.
  expect(first["down.0.1.conv1.weight"]!.some((w) => w !== 0)).toBe(true);
});

test("the weights that it begins with are its own: training it leaves the other's alone", () => {
  const weights = noisyWeights(smallUnet(TINY));
  initialise(begunWith(smallUnet(TINY), weights), 1)["conv_in.bias"]![0] = 7;
  expect(weights["conv_in.bias"]![0]).not.toBe(7);
});

test("weights that have no place, or another size there, are refused by name", () => {
  const deep = noisyWeights(smallUnet({ ...TINY, layersPerBlock: 2 }));
  expect(() => begunWith(smallUnet(TINY), deep)).toThrow('got "down.0.1.norm1.weight"');
  const wide = noisyWeights(smallUnet({ ...TINY, blockOutChannels: [16, 16] }));
  expect(() => begunWith(smallUnet(TINY), wide)).toThrow('"conv_in.weight" must have 72 values');
});
