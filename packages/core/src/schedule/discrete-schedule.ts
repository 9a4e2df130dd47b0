import { invalid } from "../invalid.ts";
import { cosineBetas, linearBetas, scaledLinearBetas, sigmoidBetas } from "./betas.ts";
import type { Precision } from "./linspace.ts";
import { cumulativeAlphas, zeroTerminalSnrBetas } from "./zero-terminal-snr.ts";

/** A discrete variance-preserving chain: x_i = √alphaBar_i · x_0 + √(1 − alphaBar_i) · epsilon, i = 0 … steps − 1. */
export interface DiscreteSchedule {
  readonly steps: number;
  readonly betas: Float64Array;
  /** 0-based: `alphaBars[0] = 1 − betas[0]`, not 1. */
  readonly alphaBars: Float64Array;
  /** "float32" when the tables hold PyTorch's float32 values. */
  readonly precision: Precision;
}

/** What {@link discreteSchedule} builds from: a named schedule, or betas of your own. */
export interface DiscreteScheduleOptions {
  /** Default "linear". */
  readonly kind?: "linear" | "scaledLinear" | "cosine" | "sigmoid";
  /** Default 1000; with `betas`, their number. */
  readonly steps?: number;
  /** Default 1e-4; the cosine has no use for it. */
  readonly betaStart?: number;
  /** Default 0.02; the cosine has no use for it. */
  readonly betaEnd?: number;
  /** Instead of a kind: each in (0, 1]. */
  readonly betas?: ArrayLike<number>;
  /** Rescale so that the last alphaBar is 0 (Lin et al. 2023). Default false. */
  readonly zeroTerminalSnr?: boolean;
  /**
   * Default "float64". "float32" gives diffusers' tables: linear, scaled linear and cosine bit for bit; sigmoid and
   * zero terminal SNR to a few last places, PyTorch's exp and √ not being correctly rounded.
   */
  readonly precision?: Precision;
}

/** A discrete schedule; without options the linear one of Ho et al. 2020. */
export function discreteSchedule(options: DiscreteScheduleOptions = {}): DiscreteSchedule {
  const { precision = "float64", zeroTerminalSnr = false } = options;
  const plain = plainBetas(options, precision);
  for (const beta of plain)
    if (!(beta > 0 && beta <= 1))
      throw invalid("discreteSchedule", "every beta must lie in (0, 1]", beta);
  const betas = zeroTerminalSnr ? zeroTerminalSnrBetas(plain, precision) : plain;
  const alphaBars = cumulativeAlphas(betas, precision);
  return { steps: betas.length, betas, alphaBars, precision };
}

function plainBetas(options: DiscreteScheduleOptions, precision: Precision): Float64Array {
  const { kind = "linear", steps = 1000, betaStart = 1e-4, betaEnd = 0.02 } = options;
  if (options.betas !== undefined) {
    const betas = precision === "float32" ? Float32Array.from(options.betas) : options.betas;
    if (betas.length === 0) throw invalid("discreteSchedule", "betas must not be empty", betas);
    return Float64Array.from(betas);
  }
  if (!Number.isInteger(steps) || steps < 1)
    throw invalid("discreteSchedule", "steps must be a positive integer", steps);
  switch (kind) {
    case "linear":
      return linearBetas(steps, betaStart, betaEnd, precision);
    case "scaledLinear":
      return scaledLinearBetas(steps, betaStart, betaEnd, precision);
    case "cosine":
      return cosineBetas(steps, precision);
    case "sigmoid":
      return sigmoidBetas(steps, betaStart, betaEnd, precision);
    default:
      throw invalid(
        "discreteSchedule",
        'kind must be "linear", "scaledLinear", "cosine" or "sigmoid"',
        kind,
      );
  }
}
