import { expect, test } from "vitest";
import { fixedClass } from "../../src/models/fixed-class.ts";
import { gaussianSkip } from "../../src/models/gaussian-skip.ts";
import { mlp } from "../../src/models/mlp.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { unet2d } from "../../src/models/unet2d/unet2d.ts";
import { noisyWeights, outputOf } from "../leaves.ts";

const SMALL = {
  sampleSize: 8,
  inChannels: 1,
  blockOutChannels: [8, 16],
  numClassEmbeds: 4,
} as const;
const unet = smallUnet(SMALL);
const tables = {
  moments: {
    size: 64,
    mean: new Float64Array(64).fill(0.2),
    covariance: {
      kind: "spectral" as const,
      eigenvalues: Float64Array.of(3),
      eigenvectors: new Float64Array(64).fill(1 / 8),
      residual: 0.4,
    },
  },
  alphaBars: [0.9, 0.5, 0.2],
};
const models = {
  SmallUNet: unet,
  "SmallUNet inside a GaussianSkip": gaussianSkip(
    unet,
    { components: 1, numTrainTimesteps: 3 },
    tables,
  ),
  UNet2DModel: unet2d({
    ...SMALL,
    outChannels: 1,
    downBlockTypes: ["DownBlock2D", "DownBlock2D"],
    upBlockTypes: ["UpBlock2D", "UpBlock2D"],
    normNumGroups: 8,
    layersPerBlock: 1,
  }),
};

test.each(Object.entries(models))("a %s held at a label is that label's network", (_, model) => {
  const weights = noisyWeights(model);
  const sample = Float32Array.from({ length: 64 }, (_, i) => Math.sin(3 * i));
  const outputs = [0, 3].map((label) => {
    const fixed = fixedClass({ model, weights }, label);
    expect(fixed.model.labels).toBeUndefined();
    expect(fixed.model.parameters.map(({ name }) => name)).toEqual(Object.keys(fixed.weights));
    const alone = outputOf(fixed.model, fixed.weights, { sample, timestep: [1] });
    const asked = outputOf(model, weights, { sample, timestep: [1], labels: [label] });
    for (const [i, value] of asked.entries()) expect(alone[i]).toBeCloseTo(value, 5);
    return alone;
  });
  expect(outputs[0]).not.toEqual(outputs[1]);
});

test("labels that there are not, and networks without a table of classes, are refused", () => {
  const weights = noisyWeights(unet);
  expect(() => fixedClass({ model: unet, weights }, 4)).toThrow(
    "label must be one of 0 … 3, got 4",
  );
  const points = mlp({ numClassEmbeds: 3 });
  expect(() => fixedClass({ model: points, weights: noisyWeights(points) }, 0)).toThrow(
    'got "Mlp"',
  );
});
