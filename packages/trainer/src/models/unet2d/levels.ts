import type { Block } from "../block.ts";
import { attention } from "./attention.ts";
import type { UNet2DConfig } from "./config.ts";
import { type ResnetStyle, resnet } from "./resnet.ts";
import { downsampler, upsampler } from "./resolution.ts";
import type { Variant } from "./variant.ts";

/** One resolution: residual blocks, each with attention after it or not, and the change to the next resolution. */
export interface Level {
  readonly layers: readonly Block[];
  readonly resample: Block | undefined;
}

/** What the levels of one network are made from. */
export interface Parts {
  readonly config: UNet2DConfig;
  readonly variant: Variant;
  readonly style: ResnetStyle;
}

/** A level's blocks in order. */
export function blocksOf({ layers, resample }: Level): readonly Block[] {
  return resample ? [...layers, resample] : layers;
}

/** diffusers' `down_blocks`. */
export function downLevels(parts: Parts): Level[] {
  const { config, style } = parts;
  const channels = config.blockOutChannels;
  return channels.map((outChannels, i) => {
    const at = `down_blocks.${i}`;
    const type = config.downBlockTypes[i]!;
    const attends = type === "AttnDownBlock2D";
    const layers = Array.from({ length: config.layersPerBlock }, (_, j) => {
      const inChannels = j === 0 ? (channels[i - 1] ?? channels[0]!) : outChannels;
      const main = resnet(`${at}.resnets.${j}`, style, { inChannels, outChannels });
      return attends
        ? inTurn(main, attentionOf(`${at}.attentions.${j}`, outChannels, parts))
        : main;
    });
    if (i === channels.length - 1) return { layers, resample: undefined };
    const byResnet = attends ? config.downsampleType === "resnet" : type !== "DownBlock2D";
    const name = `${at}.downsamplers.0`;
    const resample = byResnet
      ? resnet(name, style, { inChannels: outChannels, outChannels, resample: "down" })
      : downsampler(name, outChannels, config.downsamplePadding);
    return { layers, resample };
  });
}

/** diffusers' `up_blocks`: the coarsest first, each layer beside a skip connection. */
export function upLevels(parts: Parts): Level[] {
  const { config, style } = parts;
  const channels = [...config.blockOutChannels].reverse();
  return channels.map((outChannels, i) => {
    const at = `up_blocks.${i}`;
    const type = config.upBlockTypes[i]!;
    const attends = type === "AttnUpBlock2D";
    const layers = Array.from({ length: config.layersPerBlock + 1 }, (_, j) => {
      const below = j === 0 ? (channels[i - 1] ?? outChannels) : outChannels;
      const skip = j === config.layersPerBlock ? (channels[i + 1] ?? outChannels) : outChannels;
      const main = resnet(`${at}.resnets.${j}`, style, { inChannels: below + skip, outChannels });
      return attends
        ? inTurn(main, attentionOf(`${at}.attentions.${j}`, outChannels, parts))
        : main;
    });
    if (i === channels.length - 1) return { layers, resample: undefined };
    const byResnet = attends ? config.upsampleType === "resnet" : type !== "UpBlock2D";
    const name = `${at}.upsamplers.0`;
    const resample = byResnet
      ? resnet(name, style, { inChannels: outChannels, outChannels, resample: "up" })
      : upsampler(name, outChannels);
    return { layers, resample };
  });
}

/** diffusers' `mid_block`. */
export function middleBlocks(parts: Parts): Block[] {
  const { config, style } = parts;
  if (config.midBlockType === null) return [];
  const channels = config.blockOutChannels.at(-1)!;
  const scaleFactor = config.midBlockScaleFactor;
  const same = { inChannels: channels, outChannels: channels, scaleFactor };
  const everywhere = config.resnetTimeScaleShift === "default" ? config.normNumGroups : null;
  const groups = config.attnNormNumGroups ?? everywhere;
  return [
    resnet("mid_block.resnets.0", style, same),
    ...(config.addAttention
      ? [attentionOf("mid_block.attentions.0", channels, parts, { groups, scaleFactor })]
      : []),
    resnet("mid_block.resnets.1", style, same),
  ];
}

function attentionOf(
  name: string,
  channels: number,
  { config, variant }: Parts,
  options: { groups?: number | null; scaleFactor?: number } = {},
): Block {
  const headDim = variant.heads ? channels / variant.heads : (config.attentionHeadDim ?? channels);
  const { normNumGroups: groups, normEps: epsilon } = config;
  return attention(name, { channels, headDim, groups, epsilon, ...options });
}

function inTurn(a: Block, b: Block): Block {
  return {
    parameters: [...a.parameters, ...b.parameters],
    apply: (context, x) => b.apply(context, a.apply(context, x)),
  };
}
