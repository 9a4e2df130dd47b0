import { expect, test } from "vitest";
import type { Model } from "../../src/model.ts";
import { cleanClassifier } from "../../src/models/clean-classifier.ts";
import { configOf } from "../../src/models/config-file.ts";
import { mlp } from "../../src/models/mlp.ts";
import { modelFromConfig } from "../../src/models/model-from-config.ts";
import { noisyClassifier } from "../../src/models/noisy-classifier.ts";
import { DDPM_CIFAR, SMALL_MNIST } from "../../src/models/presets.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { speciationUnet } from "../../src/models/speciation-unet.ts";
import { unet2d } from "../../src/models/unet2d/unet2d.ts";

const MODELS: Model[] = [
  unet2d(DDPM_CIFAR),
  smallUnet(SMALL_MNIST),
  speciationUnet({ sampleSize: 32, inChannels: 3 }),
  mlp({ numClassEmbeds: 4 }),
  noisyClassifier({ sampleSize: 28, inChannels: 1, blockOutChannels: [16, 32], classes: 10 }),
  cleanClassifier({ sampleSize: 28, inChannels: 1, classes: 10 }),
];

test.each(MODELS.map((model) => [model.className, model] as const))(
  "a %s is the same after its config has been through a file",
  (_, model) => {
    const again = modelFromConfig(JSON.parse(JSON.stringify(configOf(model))));
    const shapes = ({ parameters }: Model) => parameters.map(({ name, shape }) => [name, shape]);
    expect(again.className).toBe(model.className);
    expect(again.config).toEqual(model.config);
    expect(shapes(again)).toEqual(shapes(model));
  },
);

test("google's configuration of the CIFAR-10 network, key by key, is the preset", () => {
  const model = modelFromConfig({
    _class_name: "UNet2DModel",
    _diffusers_version: "0.0.4",
    act_fn: "silu",
    attention_head_dim: null,
    block_out_channels: [128, 256, 256, 256],
    center_input_sample: false,
    down_block_types: ["DownBlock2D", "AttnDownBlock2D", "DownBlock2D", "DownBlock2D"],
    downsample_padding: 0,
    flip_sin_to_cos: false,
    freq_shift: 1,
    in_channels: 3,
    layers_per_block: 2,
    mid_block_scale_factor: 1,
    norm_eps: 1e-6,
    norm_num_groups: 32,
    out_channels: 3,
    sample_size: 32,
    time_embedding_type: "positional",
    up_block_types: ["UpBlock2D", "UpBlock2D", "AttnUpBlock2D", "UpBlock2D"],
  });
  expect(model.config).toEqual({ ...unet2d(DDPM_CIFAR).config, dropout: 0 });
});

test("a network of a size that no machine holds is refused before it takes the memory", () => {
  const huge = { _class_name: "Mlp", size: 1e9, width: 8, depth: 1, timeFeatures: 4 };
  expect(() => modelFromConfig(huge)).toThrow("size must be at most 65536, got 1000000000");
  const nested = { _class_name: "GaussianSkip", network: { ...huge, size: 3, depth: 1e12 } };
  expect(() => modelFromConfig(nested)).toThrow("network.depth must be at most 65536");
});

test("a network without its levels is refused by name", () => {
  const small = { _class_name: "SmallUNet", sample_size: 8, in_channels: 1 };
  expect(() => modelFromConfig(small)).toThrow("blockOutChannels must have at least two levels");
});

test("unknown classes are named", () => {
  for (const name of ["UNet2DConditionModel", "constructor", undefined])
    expect(() => modelFromConfig({ _class_name: name })).toThrow(
      "modelFromConfig: _class_name must be of UNet2DModel, SmallUNet",
    );
});

test.each(MODELS.map((model) => [model.className, model] as const))(
  "a %s refuses a key that it would not heed",
  (_, model) => {
    expect(() => modelFromConfig({ ...configOf(model), extra_blocks: 1 })).toThrow(
      'there is no such configuration key, got "extraBlocks"',
    );
  },
);
