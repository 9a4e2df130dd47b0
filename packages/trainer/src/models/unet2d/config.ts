import { invalid } from "@symbreak/core";
import { complete } from "../complete.ts";

/** diffusers' `UNet2DModel` configuration, in camelCase; the defaults are diffusers'. */
export interface UNet2DConfig {
  /** Height and width: one number for squares. */
  readonly sampleSize: number | readonly [height: number, width: number];
  readonly inChannels: number;
  /** Twice the input's with a learned variance. */
  readonly outChannels: number;
  /** x → 2x − 1 before all else. */
  readonly centerInputSample: boolean;
  /** "fourier": of the log of noise scales, and the output is divided by them; "learned": a table of `numTrainTimesteps` rows. */
  readonly timeEmbeddingType: "positional" | "fourier" | "learned";
  /** `null`: four times the first of `blockOutChannels`. */
  readonly timeEmbeddingDim: number | null;
  readonly freqShift: number;
  readonly flipSinToCos: boolean;
  readonly downBlockTypes: readonly DownBlockType[];
  readonly midBlockType: "UNetMidBlock2D" | null;
  readonly upBlockTypes: readonly UpBlockType[];
  /** One number for each resolution, the finest first. */
  readonly blockOutChannels: readonly number[];
  readonly layersPerBlock: number;
  readonly midBlockScaleFactor: number;
  /** 0 pads right and below only, as DDPM does. */
  readonly downsamplePadding: number;
  /** Of the blocks with attention; the others have "conv" or, by their type, "resnet". */
  readonly downsampleType: "conv" | "resnet";
  readonly upsampleType: "conv" | "resnet";
  /** Probability; in training only. */
  readonly dropout: number;
  readonly actFn: "silu" | "swish" | "gelu" | "relu" | "mish";
  /** Channels in a head; `null` for one head. */
  readonly attentionHeadDim: number | null;
  readonly normNumGroups: number;
  /** Of the middle's attention: `null` for as many as everywhere, or no norm with "scale_shift". */
  readonly attnNormNumGroups: number | null;
  readonly normEps: number;
  /** How the embedding enters a residual block: added, or as a factor and an offset after the norm (AdaGN). */
  readonly resnetTimeScaleShift: "default" | "scale_shift";
  /** Attention in the middle. */
  readonly addAttention: boolean;
  /** `null` with `numClassEmbeds`: a table. "timestep": the label is embedded as times are. */
  readonly classEmbedType: "timestep" | null;
  readonly numClassEmbeds: number | null;
  readonly numTrainTimesteps: number | null;
}

export type DownBlockType = "DownBlock2D" | "AttnDownBlock2D" | "ResnetDownsampleBlock2D";
export type UpBlockType = "UpBlock2D" | "AttnUpBlock2D" | "ResnetUpsampleBlock2D";

const DEFAULTS: Omit<UNet2DConfig, "sampleSize"> & { sampleSize: undefined } = {
  sampleSize: undefined,
  inChannels: 3,
  outChannels: 3,
  centerInputSample: false,
  timeEmbeddingType: "positional",
  timeEmbeddingDim: null,
  freqShift: 0,
  flipSinToCos: true,
  downBlockTypes: ["DownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D"],
  midBlockType: "UNetMidBlock2D",
  upBlockTypes: ["AttnUpBlock2D", "AttnUpBlock2D", "AttnUpBlock2D", "UpBlock2D"],
  blockOutChannels: [224, 448, 672, 896],
  layersPerBlock: 2,
  midBlockScaleFactor: 1,
  downsamplePadding: 1,
  downsampleType: "conv",
  upsampleType: "conv",
  dropout: 0,
  actFn: "silu",
  attentionHeadDim: 8,
  normNumGroups: 32,
  attnNormNumGroups: null,
  normEps: 1e-5,
  resnetTimeScaleShift: "default",
  addAttention: true,
  classEmbedType: null,
  numClassEmbeds: null,
  numTrainTimesteps: null,
};

/** What must be given; the rest has diffusers' defaults. */
export type UNet2DOptions = Partial<UNet2DConfig> & Pick<UNet2DConfig, "sampleSize">;

const CHOICES: Partial<Record<keyof UNet2DConfig, readonly unknown[]>> = {
  timeEmbeddingType: ["positional", "fourier", "learned"],
  midBlockType: ["UNetMidBlock2D", null],
  downsamplePadding: [0, 1],
  downsampleType: ["conv", "resnet"],
  upsampleType: ["conv", "resnet"],
  actFn: ["silu", "swish", "gelu", "relu", "mish"],
  resnetTimeScaleShift: ["default", "scale_shift"],
  classEmbedType: ["timestep", null],
};

const BLOCKS = {
  downBlockTypes: ["DownBlock2D", "AttnDownBlock2D", "ResnetDownsampleBlock2D"],
  upBlockTypes: ["UpBlock2D", "AttnUpBlock2D", "ResnetUpsampleBlock2D"],
} as const;

const COUNTS = ["inChannels", "outChannels", "layersPerBlock", "normNumGroups"] as const;

/** The complete configuration. Throws on what is not supported or does not fit together, and names the key; `where` is whose. */
export function unet2dConfig(options: UNet2DOptions, where = "unet2d"): UNet2DConfig {
  const config = complete<UNet2DConfig>(where, DEFAULTS, options, [
    "attentionHeadDim",
    "midBlockType",
  ]);
  const wrong = (key: keyof UNet2DConfig, rule: string): RangeError =>
    invalid(where, `${key} must ${rule}`, config[key]);
  for (const [key, choices] of Object.entries(CHOICES) as [keyof UNet2DConfig, unknown[]][])
    if (!choices.includes(config[key]))
      throw wrong(key, `be one of ${choices.map(String).join(", ")}`);
  for (const key of COUNTS)
    if (!positive(config[key])) throw wrong(key, "be a positive whole number");
  if (config.layersPerBlock > 64) throw wrong("layersPerBlock", "be at most 64");
  for (const key of [
    "timeEmbeddingDim",
    "attnNormNumGroups",
    "numClassEmbeds",
    "attentionHeadDim",
  ] as const)
    if (config[key] !== null && !positive(config[key]))
      throw wrong(key, "be a positive whole number or null");
  if (!config.blockOutChannels.every(positive) || config.blockOutChannels.length === 0)
    throw wrong("blockOutChannels", "be positive whole numbers");

  const levels = config.blockOutChannels.length;
  for (const key of ["downBlockTypes", "upBlockTypes"] as const) {
    const known: readonly string[] = BLOCKS[key];
    if (config[key].length !== levels)
      throw wrong(key, `name ${levels} blocks, as blockOutChannels`);
    if (!config[key].every((type) => known.includes(type)))
      throw wrong(key, `be of ${known.join(", ")}`);
  }
  const side = 2 ** (levels - 1);
  if (![config.sampleSize].flat().every((n) => positive(n) && (n as number) % side === 0))
    throw wrong("sampleSize", `be a multiple of ${side}, to be halved ${levels - 1} times`);
  if (!(config.dropout >= 0 && config.dropout < 1)) throw wrong("dropout", "lie in [0, 1)");
  if (config.blockOutChannels.some((channels) => channels % config.normNumGroups !== 0))
    throw wrong("normNumGroups", `divide the channels ${config.blockOutChannels}`);
  if (config.timeEmbeddingType === "learned" && !positive(config.numTrainTimesteps))
    throw wrong("numTrainTimesteps", 'be given with timeEmbeddingType "learned"');
  if (config.timeEmbeddingType === "learned" && config.classEmbedType === "timestep")
    throw wrong("classEmbedType", 'be null with timeEmbeddingType "learned"');
  return config;
}

function positive(n: unknown): boolean {
  return Number.isInteger(n) && (n as number) > 0;
}
