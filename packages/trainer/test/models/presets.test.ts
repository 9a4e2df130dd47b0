import { expect, test } from "vitest";
import { parameterCount } from "../../src/models/parameter-count.ts";
import {
  DDPM_CIFAR,
  DDPM_MNIST,
  FAST_MNIST,
  PATCHED_MNIST,
  SMALL_CIFAR,
  SMALL_DDPM_MNIST,
  SMALL_MNIST,
} from "../../src/models/presets.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { speciationUnet } from "../../src/models/speciation-unet.ts";
import { unet2d } from "../../src/models/unet2d/unet2d.ts";

test("the published networks have the published numbers of parameters", () => {
  expect(parameterCount(unet2d(DDPM_CIFAR))).toBe(35_746_307);
  expect(parameterCount(unet2d(DDPM_MNIST))).toBe(24_515_585);
  expect(parameterCount(speciationUnet({ sampleSize: 32, inChannels: 3 }))).toBe(25_700_483);
  expect(parameterCount(speciationUnet({ sampleSize: 32, inChannels: 1 }))).toBe(25_698_177);
  const celebaHq = unet2d({
    ...DDPM_CIFAR,
    sampleSize: 256,
    blockOutChannels: [128, 128, 256, 256, 512, 512],
    downBlockTypes: [..."DDDDAD"].map((b) => (b === "A" ? "AttnDownBlock2D" : "DownBlock2D")),
    upBlockTypes: [..."DADDDD"].map((b) => (b === "A" ? "AttnUpBlock2D" : "UpBlock2D")),
  });
  expect(parameterCount(celebaHq)).toBe(113_673_219);
});

test("the networks for CPUs have the sizes that their descriptions say", () => {
  expect(parameterCount(smallUnet(SMALL_MNIST))).toBe(1_035_457);
  expect(parameterCount(smallUnet(FAST_MNIST))).toBe(975_409);
  expect(parameterCount(smallUnet(PATCHED_MNIST))).toBe(1_082_244);
  expect(parameterCount(smallUnet(SMALL_CIFAR))).toBe(4_133_507);
  expect(parameterCount(unet2d(SMALL_DDPM_MNIST))).toBe(1_175_729);
});
