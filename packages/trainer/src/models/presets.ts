import type { SmallUNetOptions } from "./small-unet.ts";
import type { UNet2DOptions } from "./unet2d/config.ts";

/** What the networks of Ho et al. 2020 have in common, as in google's checkpoints for diffusers. */
const DDPM = {
  flipSinToCos: false,
  freqShift: 1,
  downsamplePadding: 0,
  normEps: 1e-6,
  attentionHeadDim: null,
  dropout: 0.1,
} as const;

/** The CIFAR-10 network of Ho et al. 2020, also for 64 × 64: 35,746,307 parameters. */
export const DDPM_CIFAR: UNet2DOptions = {
  ...DDPM,
  sampleSize: 32,
  blockOutChannels: [128, 256, 256, 256],
  downBlockTypes: ["DownBlock2D", "AttnDownBlock2D", "DownBlock2D", "DownBlock2D"],
  upBlockTypes: ["UpBlock2D", "UpBlock2D", "AttnUpBlock2D", "UpBlock2D"],
};

/**
 * The MNIST network of the Gaussian late start paper (Raya & Ambrogioni 2023): 24,515,585 parameters. Its configuration
 * asks for attention at 16 × 16, which 28 × 28 never reaches, so that only the middle attends.
 */
export const DDPM_MNIST: UNet2DOptions = {
  ...DDPM,
  sampleSize: 28,
  inChannels: 1,
  outChannels: 1,
  blockOutChannels: [128, 256, 256],
  downBlockTypes: ["DownBlock2D", "DownBlock2D", "DownBlock2D"],
  upBlockTypes: ["UpBlock2D", "UpBlock2D", "UpBlock2D"],
};

/** A network for 28 × 28 grey images that two CPU cores train in half an hour: 1,035,457 parameters. */
export const SMALL_MNIST: SmallUNetOptions = {
  sampleSize: 28,
  inChannels: 1,
  blockOutChannels: [32, 64, 128],
};

/** The same with less at the finest level, where the time goes: 975,409 parameters. */
export const FAST_MNIST: SmallUNetOptions = { ...SMALL_MNIST, blockOutChannels: [24, 64, 128] };

/** The same images by squares of 2 × 2 pixels: 1,082,244 parameters at twice the speed of {@link SMALL_MNIST}. */
export const PATCHED_MNIST: SmallUNetOptions = {
  sampleSize: 28,
  inChannels: 1,
  patchSize: 2,
  blockOutChannels: [64, 128],
};

/** For 32 × 32 colour images on CPUs: 4,133,507 parameters. */
export const SMALL_CIFAR: SmallUNetOptions = {
  sampleSize: 32,
  inChannels: 3,
  blockOutChannels: [64, 128, 256],
};

/** A `UNet2DModel` for 28 × 28 grey images on CPUs: 1,175,729 parameters, and diffusers loads it. */
export const SMALL_DDPM_MNIST: UNet2DOptions = {
  ...DDPM_MNIST,
  blockOutChannels: [32, 48, 80],
  layersPerBlock: 1,
  attentionHeadDim: 16,
  normNumGroups: 8,
  normEps: 1e-5,
  dropout: 0,
};
