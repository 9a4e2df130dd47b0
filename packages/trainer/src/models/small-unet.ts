import { invalid } from "@symbreak/core";
import { concat, silu, type Tensor } from "@symbreak/graph";
import type { Model } from "../model.ts";
import type { Block, Context } from "./block.ts";
import { complete } from "./complete.ts";
import { withInputWaves } from "./input-waves.ts";
import { applyConv, applyNorm, layer, norm, zero } from "./layers.ts";
import { depthToSpace, spaceToDepth } from "./patches.ts";
import { attention } from "./unet2d/attention.ts";
import { unet2dConfig } from "./unet2d/config.ts";
import { embedding } from "./unet2d/embedding.ts";
import { resnet } from "./unet2d/resnet.ts";
import { downsampler, narrowingUpsampler } from "./unet2d/resolution.ts";

export interface SmallUNetConfig {
  /** Height and width: a number for squares. */
  readonly sampleSize: number | readonly [height: number, width: number];
  readonly inChannels: number;
  /**
   * Side of the squares of pixels that the network sees as one: their pixels become channels, and come apart again at
   * the end. Default 1. At 2 the finest level, where most of the time goes, has a quarter of the places.
   */
  readonly patchSize: number;
  /** Fast waves of the input, sin and cos of 2ⁿ π z, as further channels: their n, such as [7, 8]. Default none. */
  readonly inputWaves: readonly number[];
  /** Twice the input's with a learned variance. */
  readonly outChannels: number;
  /** One number for each resolution, the finest first; multiples of 8 are fastest. */
  readonly blockOutChannels: readonly number[];
  /** Residual blocks one after the other at each level, on the way down and up. Default 1. */
  readonly layersPerBlock: number;
  readonly normNumGroups: number;
  /** Probability; in training only. */
  readonly dropout: number;
  /** Labels that the network can be given; with dropped labels the last of them stands for none. */
  readonly numClassEmbeds: number | null;
}

/** What must be given; the output has the input's channels, one block a level, 8 groups, no dropout and no classes by default. */
export type SmallUNetOptions = Partial<SmallUNetConfig> &
  Pick<SmallUNetConfig, "sampleSize" | "inChannels" | "blockOutChannels">;

/**
 * A U-Net that spends little: few residual blocks, one by default, and one skip connection a level, attention at the coarsest only, and
 * the upward convolution before the upsampling. For CPUs and browsers.
 */
export function smallUnet(options: SmallUNetOptions): Model<SmallUNetConfig> {
  const { sampleSize, inChannels } = options;
  const defaults = {
    sampleSize: undefined,
    inChannels: 1,
    patchSize: 1,
    blockOutChannels: [],
    inputWaves: [],
    outChannels: inChannels,
    layersPerBlock: 1,
    normNumGroups: 8,
    dropout: 0,
    numClassEmbeds: null,
  };
  const config = complete<SmallUNetConfig>("smallUnet", defaults, options);
  const { blockOutChannels: channels } = config;
  if (channels.length < 2)
    throw invalid("smallUnet", "blockOutChannels must have at least two levels", channels);
  const { patchSize: patch, inputWaves, ...unet } = config;
  if (!inputWaves.every((n) => Number.isInteger(n) && n >= 0 && n <= 16))
    throw invalid("smallUnet", "inputWaves must be whole numbers from 0 to 16", inputWaves);
  const [height, width] = [sampleSize, sampleSize].flat() as [number, number];
  if (!(Number.isInteger(patch) && patch >= 1 && height % patch === 0 && width % patch === 0))
    throw invalid("smallUnet", "patchSize must divide the sides of sampleSize", patch);
  const full = unet2dConfig(
    {
      ...unet,
      sampleSize: [height / patch, width / patch],
      freqShift: 1,
      flipSinToCos: false,
      downBlockTypes: channels.map(() => "DownBlock2D"),
      upBlockTypes: channels.map(() => "UpBlock2D"),
    },
    "smallUnet",
  );
  const seen = inChannels * (1 + 2 * inputWaves.length);
  const [first, last] = [channels[0]!, channels.at(-1)!];
  const time = embedding(full, {});
  const style = { ...full, embedding: time.size };
  const norms = { groups: full.normNumGroups, epsilon: full.normEps };
  const before = (i: number): number => channels[Math.max(i - 1, 0)]!;

  /** Further blocks change nothing when they begin: their last convolution is zero. */
  const more = (name: string, c: number): Block[] =>
    Array.from({ length: full.layersPerBlock - 1 }, (_, k) =>
      resnet(`${name}.${k + 1}`, style, { inChannels: c, outChannels: c }),
    );

  const down = channels.slice(0, -1).map((c, i) => ({
    main: [
      resnet(`down.${i}`, style, { inChannels: before(i), outChannels: c }),
      ...more(`down.${i}`, c),
    ],
    halve: downsampler(`down.${i}.half`, c, 1),
  }));
  const middle: Block[] = [
    resnet("middle.0", style, { inChannels: before(channels.length - 1), outChannels: last }),
    attention("middle.attention", { ...norms, channels: last, headDim: last }),
    resnet("middle.1", style, { inChannels: last, outChannels: last }),
    ...more("middle.1", last),
  ];
  const up = down.map((_, i) => ({
    double: narrowingUpsampler(`up.${i}.double`, channels[i + 1]!, channels[i]!),
    main: [
      resnet(`up.${i}`, style, { inChannels: 2 * channels[i]!, outChannels: channels[i]! }),
      ...more(`up.${i}`, channels[i]!),
    ],
  }));
  up.reverse();

  const blocks = [
    ...down.flatMap(({ main, halve }) => [...main, halve]),
    ...middle,
    ...up.flatMap(({ double, main }) => [double, ...main]),
  ];
  return {
    className: "SmallUNet",
    config,
    shape: [inChannels, height, width],
    outputShape: [config.outChannels, height, width],
    ...(config.numClassEmbeds !== null && { labels: config.numClassEmbeds }),
    parameters: [
      ...layer("conv_in", [first, seen * patch ** 2, 3, 3]),
      ...time.parameters,
      ...blocks.flatMap((block) => block.parameters),
      ...norm("conv_norm_out", first),
      ...layer("conv_out", [config.outChannels * patch ** 2, first, 3, 3], zero),
    ],
    apply(p, x, timestep, extras = {}) {
      const embedded = time.apply(p, timestep, extras);
      const context: Context = { parameters: p, embedding: embedded, dropout: extras.dropout };
      const through = (chain: readonly Block[], x: Tensor): Tensor =>
        chain.reduce((h, block) => block.apply(context, h), x);
      let h = applyConv(p, "conv_in", spaceToDepth(withInputWaves(x, inputWaves), patch));
      const skips = down.map(({ main, halve }) => {
        const skip = through(main, h);
        h = halve.apply(context, skip);
        return skip;
      });
      h = through(middle, h);
      for (const { double, main } of up)
        h = through(main, concat([double.apply(context, h), skips.pop()!], 1));
      const out = applyConv(p, "conv_out", silu(applyNorm(p, "conv_norm_out", h, norms)));
      return depthToSpace(out, patch);
    },
  };
}
