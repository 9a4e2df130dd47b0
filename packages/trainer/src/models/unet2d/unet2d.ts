import { add, concat, div, mul, reshape, silu, type Tensor } from "@symbreak/graph";
import type { Model } from "../../model.ts";
import type { Block, Context } from "../block.ts";
import { applyConv, applyNorm, layer, norm, zero } from "../layers.ts";
import { type UNet2DConfig, type UNet2DOptions, unet2dConfig } from "./config.ts";
import { embedding } from "./embedding.ts";
import { blocksOf, downLevels, middleBlocks, type Parts, upLevels } from "./levels.ts";
import type { Variant } from "./variant.ts";

/**
 * diffusers' `UNet2DModel`: the same configuration, parameter names and outputs.
 *
 * Not supported, and refused by name: the skip blocks of NCSN++, spatial norms, "identity" class embeddings. Second
 * convolutions, attention outputs and the last convolution begin at zero (Ho et al. 2020), the rest as `fanAverage`.
 */
export function unet2d(options: UNet2DOptions): Model<UNet2DConfig> {
  return unetOf("UNet2DModel", unet2dConfig(options));
}

/** The network of a complete configuration. */
export function unetOf(
  className: string,
  config: UNet2DConfig,
  variant: Variant = {},
): Model<UNet2DConfig> {
  const [height, width] = [config.sampleSize, config.sampleSize].flat() as [number, number];
  const first = config.blockOutChannels[0]!;
  const time = embedding(config, variant);
  const parts: Parts = { config, variant, style: { ...config, ...variant, embedding: time.size } };
  const [down, middle, up] = [downLevels(parts), middleBlocks(parts), upLevels(parts)];
  const norms = { groups: config.normNumGroups, epsilon: config.normEps };
  const labels = config.classEmbedType === "timestep" ? Infinity : config.numClassEmbeds;
  return {
    className,
    config,
    shape: [config.inChannels, height, width],
    outputShape: [config.outChannels, height, width],
    ...(labels !== null && { labels }),
    parameters: [
      ...layer("conv_in", [first, config.inChannels, 3, 3]),
      ...time.parameters,
      ...[...down.flatMap(blocksOf), ...middle, ...up.flatMap(blocksOf)].flatMap(
        (block) => block.parameters,
      ),
      ...norm("conv_norm_out", first),
      ...layer("conv_out", [config.outChannels, first, 3, 3], zero),
    ],
    apply(p, x, timestep, extras = {}) {
      const context: Context = {
        parameters: p,
        embedding: time.apply(p, timestep, extras),
        dropout: extras.dropout,
      };
      const run = (h: Tensor, block: Block): Tensor => block.apply(context, h);
      let h = applyConv(p, "conv_in", config.centerInputSample ? add(mul(x, 2), -1) : x);
      const skips = [h];
      for (const block of down.flatMap(blocksOf)) {
        h = run(h, block);
        skips.push(h);
      }
      h = middle.reduce(run, h);
      for (const { layers, resample } of up) {
        for (const block of layers) h = run(concat([h, skips.pop()!], 1), block);
        if (resample) h = run(h, resample);
      }
      const out = applyConv(p, "conv_out", silu(applyNorm(p, "conv_norm_out", h, norms)));
      return config.timeEmbeddingType === "fourier"
        ? div(out, reshape(timestep, [-1, 1, 1, 1]))
        : out;
    },
  };
}
