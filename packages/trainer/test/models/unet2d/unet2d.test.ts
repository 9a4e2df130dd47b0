import { input, interpret, program, type Shape } from "@symbreak/graph";
import { expect, test } from "vitest";
import { initialise } from "../../../src/initialiser.ts";
import { unet2d } from "../../../src/models/unet2d/unet2d.ts";
import { leaves, noisyWeights, outputOf } from "../../leaves.ts";

const TINY = {
  sampleSize: 8,
  inChannels: 1,
  outChannels: 1,
  blockOutChannels: [4, 8],
  layersPerBlock: 1,
  normNumGroups: 2,
  downBlockTypes: ["DownBlock2D", "AttnDownBlock2D"],
  upBlockTypes: ["AttnUpBlock2D", "UpBlock2D"],
  attentionHeadDim: null,
} as const;

const SAMPLE = Float32Array.from({ length: 64 }, (_, i) => Math.sin(3 * i));

test("a new network predicts zero, with twice the channels for a learned variance", () => {
  const model = unet2d({ ...TINY, outChannels: 2 });
  expect(model.outputShape).toEqual([2, 8, 8]);
  const output = outputOf(model, initialise(model, 1), { sample: SAMPLE, timestep: [3] });
  expect(output).toEqual(new Float64Array(128));
});

test("dropout multiplies by the masks it is given, and by nothing without", () => {
  const model = unet2d({ ...TINY, dropout: 0.25 });
  const sites: [string, Shape, number][] = [];
  const [x, t] = [input("sample", [1, 1, 8, 8]), input("timestep", [1])];
  const dropout = (site: string, shape: Shape, rate: number) => {
    sites.push([site, shape, rate]);
    return input(site, shape);
  };
  const run = program({ output: model.apply(leaves(model), x, t, { dropout }) });
  expect(sites.map(([site]) => site)).toEqual(
    model.parameters
      .filter(({ name }) => name.endsWith("conv2.weight"))
      .map(({ name }) => name.replace("conv2.weight", "dropout")),
  );
  const weights = noisyWeights(model);
  const feeds = { ...weights, sample: SAMPLE, timestep: [3] };
  const masked = (value: number) => {
    const masks = sites.map(([site, shape]) => [site, shape.reduce((a, b) => a * b, 1)] as const);
    const filled = masks.map(([site, n]) => [site, new Float32Array(n).fill(value)]);
    return Array.from(interpret(run, { ...feeds, ...Object.fromEntries(filled) }).output!);
  };
  const plain = Array.from(outputOf(model, weights, { sample: SAMPLE, timestep: [3] }));
  expect(masked(1)).toEqual(plain);
  expect(masked(0)).not.toEqual(plain);
});

test("a head size that does not divide the channels is refused", () => {
  expect(() => unet2d({ ...TINY, attentionHeadDim: 3 })).toThrow(
    "unet2d: attentionHeadDim must divide 8 channels, got 3",
  );
});

test("a conditional network asks for its labels", () => {
  const model = unet2d({ ...TINY, numClassEmbeds: 3 });
  expect(model.labels).toBe(3);
  expect(() => outputOf(model, noisyWeights(model), { sample: SAMPLE, timestep: [3] })).toThrow(
    "unet2d: a class-conditional network needs labels",
  );
});
