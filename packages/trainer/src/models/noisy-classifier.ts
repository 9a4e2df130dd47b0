import { invalid } from "@symbreak/core";
import { mean, silu, type Tensor } from "@symbreak/graph";
import type { Extras, Parameters } from "../model.ts";
import type { Context } from "./block.ts";
import type { Classifier } from "./classifier.ts";
import { complete } from "./complete.ts";
import { applyConv, applyLinear, applyNorm, layer, norm } from "./layers.ts";
import { type UNet2DConfig, unet2dConfig } from "./unet2d/config.ts";
import { embedding } from "./unet2d/embedding.ts";
import { blocksOf, downLevels, middleBlocks } from "./unet2d/levels.ts";

export interface NoisyClassifierConfig
  extends Pick<
    UNet2DConfig,
    | "sampleSize"
    | "inChannels"
    | "blockOutChannels"
    | "layersPerBlock"
    | "normNumGroups"
    | "dropout"
  > {
  readonly classes: number;
}

/** What must be given; one layer a block, 8 groups and no dropout by default. */
export type NoisyClassifierOptions = Partial<NoisyClassifierConfig> &
  Pick<NoisyClassifierConfig, "sampleSize" | "inChannels" | "blockOutChannels" | "classes">;

/**
 * log p(class | x_t, t) up to a constant: the downward half of a U-Net with attention in the middle, then means over
 * the image and a linear layer (Dhariwal & Nichol 2021, with average pooling). Its gradient in x guides a sampler.
 */
export function noisyClassifier(
  options: NoisyClassifierOptions,
): Classifier<NoisyClassifierConfig> {
  const { sampleSize, inChannels, blockOutChannels: channels, classes } = options;
  const asked = { sampleSize: undefined, inChannels: 1, blockOutChannels: [], classes: 2 };
  const defaults = { ...asked, layersPerBlock: 1, normNumGroups: 8, dropout: 0 };
  const config = complete<NoisyClassifierConfig>("noisyClassifier", defaults, options);
  const { classes: _, ...shared } = config;
  if (!Number.isInteger(classes) || classes < 2)
    throw invalid("noisyClassifier", "classes must be a whole number from 2", classes);
  const full = unet2dConfig(
    {
      ...shared,
      outChannels: inChannels,
      attentionHeadDim: null,
      downBlockTypes: channels.map(() => "DownBlock2D"),
      upBlockTypes: channels.map(() => "UpBlock2D"),
    },
    "noisyClassifier",
  );
  const time = embedding(full, {});
  const parts = { config: full, variant: {}, style: { ...full, embedding: time.size } };
  const blocks = [...downLevels(parts).flatMap(blocksOf), ...middleBlocks(parts)];
  const [height, width] = [sampleSize, sampleSize].flat() as [number, number];
  const last = channels.at(-1)!;
  const norms = { groups: full.normNumGroups, epsilon: full.normEps };

  const pooled = (p: Parameters, x: Tensor, timestep: Tensor, extras: Extras = {}): Tensor => {
    const embedded = time.apply(p, timestep, extras);
    const context: Context = { parameters: p, embedding: embedded, dropout: extras.dropout };
    const h = blocks.reduce((h, block) => block.apply(context, h), applyConv(p, "conv_in", x));
    return mean(silu(applyNorm(p, "conv_norm_out", h, norms)), [2, 3]);
  };
  return {
    className: "NoisyClassifier",
    config,
    shape: [inChannels, height, width],
    outputShape: [classes],
    featureShape: [last],
    parameters: [
      ...layer("conv_in", [channels[0]!, inChannels, 3, 3]),
      ...time.parameters,
      ...blocks.flatMap((block) => block.parameters),
      ...norm("conv_norm_out", last),
      ...layer("logits", [classes, last]),
    ],
    features: (p, x, timestep) => pooled(p, x, timestep),
    apply: (p, ...inputs) => applyLinear(p, "logits", pooled(p, ...inputs)),
  };
}
