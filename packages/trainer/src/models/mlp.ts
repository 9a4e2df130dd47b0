import { invalid } from "@symbreak/core";
import { concat, mul, oneHot, silu, type Tensor } from "@symbreak/graph";
import { normal } from "../initialiser.ts";
import type { Model, ParameterSpec } from "../model.ts";
import { complete } from "./complete.ts";
import { applyLinear, layer, zero } from "./layers.ts";
import { fourierFeatures, sinusoidalFeatures } from "./time-features.ts";

/** A fully connected network for points. */
export interface MlpConfig {
  /** Dimensions of a point. */
  readonly size: number;
  /** Dimensions of the output: `size`, or twice as many for a learned variance. */
  readonly outSize: number;
  /** Units in a hidden layer, and how many hidden layers. */
  readonly width: number;
  readonly depth: number;
  /** Sinusoidal features of the time, or sines and cosines at random frequencies. */
  readonly timeEmbeddingType: "positional" | "fourier";
  /** How many time features: an even number. */
  readonly timeFeatures: number;
  /** What times are multiplied by first: 1 for the DDPM index, 1000 for a time in [0, 1]. */
  readonly timeScale: number;
  /** Classes of a conditional network, `null` without. */
  readonly numClassEmbeds: number | null;
}

const DEFAULTS: MlpConfig = {
  size: 2,
  outSize: 2,
  width: 128,
  depth: 3,
  timeEmbeddingType: "positional",
  timeFeatures: 32,
  timeScale: 1,
  numClassEmbeds: null,
};

/**
 * A fully connected network for points of a few dimensions: [x, time features, class] → `depth` hidden layers with
 * SiLU → output, which begins at zero.
 *
 * With "fourier" the frequencies are normal with deviation 1, fixed (times scaled to about [0, 1], or log σ).
 */
export function mlp(config: Partial<MlpConfig> = {}): Model<MlpConfig> {
  const sized = { ...DEFAULTS, outSize: config.size ?? DEFAULTS.size };
  const full = complete<MlpConfig>("mlp", sized, config);
  check(full);
  const { size, outSize, width, depth, timeFeatures, timeScale, numClassEmbeds: labels } = full;
  const fourier = full.timeEmbeddingType === "fourier";
  const widthIn = (i: number): number => (i === 0 ? size + timeFeatures + (labels ?? 0) : width);
  const names = Array.from({ length: depth }, (_, i) => `hidden.${i}`);
  const frequencies: ParameterSpec = {
    name: "time.frequencies",
    shape: [timeFeatures / 2],
    init: normal(1),
  };
  return {
    className: "Mlp",
    config: full,
    shape: [size],
    outputShape: [outSize],
    ...(labels !== null && { labels }),
    parameters: [
      ...(fourier ? [frequencies] : []),
      ...names.flatMap((name, i) => layer(name, [width, widthIn(i)])),
      ...layer("out", [outSize, widthIn(depth)], zero),
    ],
    apply(p, x, timestep, extras = {}) {
      const t = mul(timestep, timeScale);
      const features = fourier
        ? fourierFeatures(t, p[frequencies.name]!)
        : sinusoidalFeatures(t, timeFeatures, { freqShift: 1, flipSinToCos: false });
      let h = concat([x, features, ...classes(extras.labels, labels)], 1);
      for (const name of names) h = silu(applyLinear(p, name, h));
      return applyLinear(p, "out", h);
    },
  };
}

function classes(given: Tensor | undefined, count: number | null): Tensor[] {
  if (count === null) return [];
  if (given === undefined) throw invalid("mlp", "a network with classes needs labels", given);
  return [oneHot(given, count)];
}

function check(config: MlpConfig): void {
  for (const key of ["size", "outSize", "width", "depth", "timeFeatures"] as const)
    if (!Number.isInteger(config[key]) || config[key] < 1)
      throw invalid("mlp", `${key} must be a positive integer`, config[key]);
  if (config.timeFeatures % 2 !== 0 || config.timeFeatures < 4)
    throw invalid("mlp", "timeFeatures must be even and at least 4", config.timeFeatures);
}
