import { input, interpret, program, type Shape } from "@symbreak/graph";
import { expect, test } from "vitest";
import { speciationUnet } from "../../src/models/speciation-unet.ts";
import { sinusoidalFeatures } from "../../src/models/time-features.ts";
import { leaves } from "../leaves.ts";

const model = speciationUnet({ sampleSize: 32, inChannels: 1 });

test("the fixed table holds the sinusoidal features of each index", () => {
  const { shape, init } = model.parameters.find(({ name }) => name === "time_proj.weight")!;
  expect(shape).toEqual([1000, 64]);
  const table = init(shape, 0, 0);
  const features = sinusoidalFeatures(input("t", [1000]), 64, {
    freqShift: 1,
    flipSinToCos: false,
  });
  const t = Float64Array.from({ length: 1000 }, (_, i) => i);
  const expected = interpret(program({ features }), { t }).features!;
  const worst = table.reduce((max, v, i) => Math.max(max, Math.abs(v - expected[i]!)), 0);
  // The features' frequencies are float32, an angle of up to 999 is right to about 1e-4.
  expect(worst).toBeLessThan(2e-4);
});

test("attention has four heads at 128 and at 256 channels, and stands where the paper has it", () => {
  const at = (name: string) => model.parameters.some((p) => p.name.startsWith(name));
  const levels = [0, 1, 2, 3];
  expect(levels.map((i) => at(`down_blocks.${i}.attentions`))).toEqual([false, true, true, false]);
  expect(levels.map((i) => at(`up_blocks.${i}.attentions`))).toEqual([false, true, true, false]);
  const x = input("x", [1, 1, 32, 32]);
  const { nodes } = program({ y: model.apply(leaves(model), x, input("t", [1])) });
  const weights = nodes
    .filter(({ op }) => op.name === "softmax")
    .map(({ outputs }) => outputs[0]!.shape);
  expect(weights.length).toBe(2 + 2 + 1 + 3 + 3);
  expect(weights.every((shape) => shape.length === 4 && shape[1] === 4)).toBe(true);
});

test("dropout asks for one number a channel, at the same sites each time", () => {
  const sites: [string, Shape, number][] = [];
  const x = input("x", [2, 1, 32, 32]);
  model.apply(leaves(model), x, input("t", [2]), {
    dropout: (site, shape, rate) => {
      sites.push([site, shape, rate]);
      return input(site, shape);
    },
  });
  expect(sites.length).toBe(8 + 2 + 12);
  expect(sites[0]).toEqual(["down_blocks.0.resnets.0.dropout", [2, 64, 1, 1], 0.1]);
});
