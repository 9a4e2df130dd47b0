import { checkKeys, checkSpec, invalid, type Samples, type Spec } from "@symbreak/core";

/** A rule for estimates of the clean data: a configured value, as solvers and grids are. */
export interface Threshold {
  /** "clip" or "dynamicThreshold". */
  readonly name: string;
  /** Its settings as plain JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Edits a batch (count × size) in place. */
  apply(denoised: Samples, size: number): void;
}

/** Clamps every element to [−range, range]: `clip_sample` of diffusers. */
export function clip(range = 1): Threshold {
  if (!(range > 0)) throw invalid("clip", "range must be positive", range);
  return {
    name: "clip",
    settings: { range },
    apply(denoised) {
      for (let i = 0; i < denoised.length; i++)
        denoised[i] = Math.max(-range, Math.min(range, denoised[i]!));
    },
  };
}

/** Settings of {@link dynamicThreshold}. */
export interface DynamicThresholdOptions {
  /** The quantile of |x0|, in [0, 1]. Default 0.995. */
  readonly ratio?: number;
  /** The largest s. Default 1, which leaves plain clipping. */
  readonly max?: number;
}

/**
 * Dynamic thresholding (Saharia et al. 2022, section 2.3): each sample is clamped to ±s and divided by s, with s its
 * quantile `ratio` of |x0| held to [1, max].
 *
 * The quantile interpolates linearly, as numpy and PyTorch do. `max` is diffusers' `sample_max_value`; below 1 it
 * wins over the lower bound, as it does there.
 */
export function dynamicThreshold(options: DynamicThresholdOptions = {}): Threshold {
  checkKeys("dynamicThreshold", options, ["ratio", "max"]);
  const { ratio = 0.995, max = 1 } = options;
  if (!(ratio >= 0 && ratio <= 1))
    throw invalid("dynamicThreshold", "ratio must lie in [0, 1]", ratio);
  if (!(max > 0)) throw invalid("dynamicThreshold", "max must be positive", max);
  return {
    name: "dynamicThreshold",
    settings: { ratio, max },
    apply(denoised, size) {
      for (let at = 0; at < denoised.length; at += size) {
        const sample = denoised.subarray(at, at + size);
        const s = Math.min(max, Math.max(1, quantile(sample.map(Math.abs).sort(), ratio)));
        for (let i = 0; i < size; i++) sample[i] = Math.max(-s, Math.min(s, sample[i]!)) / s;
      }
    },
  };
}

/** A threshold as plain JSON. */
export type ThresholdSpec = Spec;

/** The threshold of a name and its settings, as a protocol has them. */
export function thresholdOf(spec: ThresholdSpec): Threshold {
  checkSpec("thresholdOf", spec);
  const { name, settings = {} } = spec;
  if (name === "dynamicThreshold") return dynamicThreshold(settings);
  if (name !== "clip")
    throw invalid("thresholdOf", 'name must be "clip" or "dynamicThreshold"', name);
  checkKeys("clip", settings, ["range"]);
  return clip(settings.range as number | undefined);
}

/** The quantile of ascending values, linear between neighbours. */
function quantile(ascending: Samples, ratio: number): number {
  const position = ratio * (ascending.length - 1);
  const below = Math.floor(position);
  const [low, high] = [ascending[below]!, ascending[Math.min(below + 1, ascending.length - 1)]!];
  return low + (position - below) * (high - low);
}
