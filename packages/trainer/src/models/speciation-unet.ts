import { gelu } from "@symbreak/graph";
import type { Initialiser } from "../initialiser.ts";
import type { Model } from "../model.ts";
import { complete } from "./complete.ts";
import { unet2dConfig } from "./unet2d/config.ts";
import { unetOf } from "./unet2d/unet2d.ts";

export interface SpeciationUNetOptions {
  /** Height and width: 32 in the paper, 64 for LSUN. */
  readonly sampleSize: number;
  readonly inChannels: number;
  /** In training, of whole channels. 0.1 by default. */
  readonly dropout?: number;
}

/**
 * The network of "Dynamical regimes of diffusion models" (Biroli et al. 2024): 64 channels × (1, 2, 4, 4), two residual
 * blocks a level, attention with four heads on levels 2 and 3 and in the middle, GroupNorm of 8.
 *
 * A relative of diffusers' `UNet2DModel`, with its parameter names. No `UNet2DModel` is the same: four heads at every
 * width, GELU in the time embedding, dropout of whole channels, and a fixed table of time features, which counts among
 * the 25,700,483 parameters (3 channels).
 */
export function speciationUnet(
  options: SpeciationUNetOptions,
): Model<Required<SpeciationUNetOptions>> {
  const defaults = { sampleSize: undefined, inChannels: 1, dropout: 0.1 };
  const config = complete<Required<SpeciationUNetOptions>>("speciationUnet", defaults, options);
  const full = unet2dConfig(
    {
      ...config,
      outChannels: config.inChannels,
      timeEmbeddingType: "learned",
      numTrainTimesteps: 1000,
      blockOutChannels: [64, 128, 256, 256],
      downBlockTypes: ["DownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D", "DownBlock2D"],
      upBlockTypes: ["UpBlock2D", "AttnUpBlock2D", "AttnUpBlock2D", "UpBlock2D"],
      attentionHeadDim: null,
      normNumGroups: 8,
    },
    "speciationUnet",
  );
  const variant = { heads: 4, timeActivation: gelu, dropChannels: true, timeTable: sinusoids };
  const model = unetOf("SpeciationUNet2DModel", full, variant);
  return { ...model, config };
}

/** Row t: sin and cos of t at frequencies from 1 to 1/10000. */
const sinusoids: Initialiser = ([rows, size]) => {
  const half = size! / 2;
  const table = new Float32Array(rows! * size!);
  for (let t = 0; t < rows!; t++) {
    for (let k = 0; k < half; k++) {
      const angle = t * 10000 ** (-k / (half - 1));
      table[t * size! + k] = Math.sin(angle);
      table[t * size! + half + k] = Math.cos(angle);
    }
  }
  return table;
};
