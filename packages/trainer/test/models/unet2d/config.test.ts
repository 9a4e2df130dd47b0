import { expect, test } from "vitest";
import { DDPM_MNIST } from "../../../src/models/presets.ts";
import { unet2dConfig } from "../../../src/models/unet2d/config.ts";

test("what is left out has diffusers' defaults", () => {
  const config = unet2dConfig({ sampleSize: 32 });
  expect(config.blockOutChannels).toEqual([224, 448, 672, 896]);
  expect(config.flipSinToCos).toBe(true);
  expect(config.attentionHeadDim).toBe(8);
});

test.each([
  [{ sampleSize: 30 }, "sampleSize must be a multiple of 4"],
  [{ sampleSize: [28, 30] }, "sampleSize must be a multiple of 4"],
  [{ downBlockTypes: ["DownBlock2D"] }, "downBlockTypes must name 3 blocks"],
  [
    { downBlockTypes: ["DownBlock2D", "SkipDownBlock2D", "DownBlock2D"] },
    "downBlockTypes must be of DownBlock2D, AttnDownBlock2D, ResnetDownsampleBlock2D, got [DownBlock2D, SkipDownBlock2D",
  ],
  [
    { upBlockTypes: ["UpBlock2D", "DownBlock2D", "UpBlock2D"] },
    "upBlockTypes must be of UpBlock2D",
  ],
  [{ normNumGroups: 33 }, "normNumGroups must divide the channels 128,256,256, got 33"],
  [{ classEmbedType: "identity" }, 'classEmbedType must be one of timestep, null, got "identity"'],
  [{ resnetTimeScaleShift: "spatial" }, "resnetTimeScaleShift must be one of default, scale_shift"],
  [{ timeEmbeddingType: "learned" }, "numTrainTimesteps must be given"],
  [{ dropout: 1 }, "dropout must lie in [0, 1), got 1"],
  [{ layersPerBlock: 0 }, "layersPerBlock must be a positive whole number, got 0"],
  [{ layersPerBlock: 1e9 }, "layersPerBlock must be at most 64"],
  [{ blockOutChannels: 8 }, "blockOutChannels must be of kind list, got 8"],
  [{ blockOutChannels: null }, "blockOutChannels must be of kind list, got null"],
  [{ normEps: "small" }, 'normEps must be of kind number, got "small"'],
  [{ numClassEmbeds: 0 }, "numClassEmbeds must be a positive whole number or null, got 0"],
  [{ resnetPreNorm: true }, 'there is no such configuration key, got "resnetPreNorm"'],
])("%j is refused by name", (change, message) => {
  expect(() => unet2dConfig({ ...DDPM_MNIST, ...change } as never)).toThrow(`unet2d: ${message}`);
});
