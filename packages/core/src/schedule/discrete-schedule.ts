import { checkKeys } from "../check-keys.ts";
import { checkNumbers } from "../check-numbers.ts";
import { indexOfSigma } from "../clock/indices.ts";
import { invalid } from "../invalid.ts";
import type { ForwardProcess, ProcessSpec } from "../process/forward-process.ts";
import { cosineBetas, linearBetas, scaledLinearBetas, sigmoidBetas } from "./betas.ts";
import { levelAt } from "./levels.ts";
import type { Precision } from "./linspace.ts";
import { LONGEST_CHAIN } from "./longest-chain.ts";
import { cumulativeAlphas, zeroTerminalSnrBetas } from "./zero-terminal-snr.ts";

/**
 * A discrete variance-preserving chain: x_i = √alphaBar_i · x_0 + √(1 − alphaBar_i) · epsilon, i = 0 … steps − 1.
 *
 * As a process its times are the indices, fractional ones included (see {@link levelAt}); tMin is 0, tMax steps − 1.
 */
export interface DiscreteSchedule extends ForwardProcess {
  readonly name: "discrete";
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
  /** First beta of the linear, scaled linear and sigmoid kinds. Default 1e-4. */
  readonly betaStart?: number;
  /** Last beta of the same kinds. Default 0.02. */
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

const OPTIONS = [
  "kind",
  "steps",
  "betaStart",
  "betaEnd",
  "betas",
  "zeroTerminalSnr",
  "precision",
] as const;

/** A discrete schedule; without options the linear one of Ho et al. 2020. */
export function discreteSchedule(options: DiscreteScheduleOptions = {}): DiscreteSchedule {
  checkKeys("discreteSchedule", options, OPTIONS);
  const { precision = "float64", zeroTerminalSnr = false } = options;
  const plain = plainBetas(options, precision);
  for (const beta of plain)
    if (!(beta > 0 && beta <= 1))
      throw invalid("discreteSchedule", "every beta must lie in (0, 1]", beta);
  const betas = zeroTerminalSnr ? zeroTerminalSnrBetas(plain, precision) : plain;
  return chainOfBetas(betas, cumulativeAlphas(betas, precision), precision, specOf(options));
}

/** Completes the tables of a chain to a process. */
export function chainOfBetas(
  betas: Float64Array,
  alphaBars: Float64Array,
  precision: Precision,
  spec: ProcessSpec,
): DiscreteSchedule {
  const chain: DiscreteSchedule = {
    name: "discrete",
    spec,
    steps: betas.length,
    betas,
    alphaBars,
    precision,
    tMin: 0,
    tMax: betas.length - 1,
    level: (timestep) => levelAt(chain, timestep),
    timeAt: (logSnr) => indexOfSigma(chain, Math.exp(-0.5 * logSnr)) ?? Infinity,
  };
  return chain;
}

/** Whether a process is a discrete chain. */
export function isChain(process: ForwardProcess): process is DiscreteSchedule {
  return process.name === "discrete";
}

/**
 * The chain whose indices name the moments of a process: the process itself where it is a chain, else the linear one of 1000
 * steps, which papers take for their axis.
 */
export function chainOf(process: ForwardProcess | undefined): DiscreteSchedule {
  return process !== undefined && isChain(process) ? process : discreteSchedule();
}

/** The options as plain JSON, with the defaults that matter filled in. */
function specOf(options: DiscreteScheduleOptions): ProcessSpec {
  const { kind = "linear", steps = 1000, betaStart = 1e-4, betaEnd = 0.02, betas } = options;
  const { zeroTerminalSnr = false, precision = "float64" } = options;
  const ends = kind === "cosine" ? {} : { betaStart, betaEnd };
  return {
    name: "discrete",
    ...(betas === undefined ? { kind, steps, ...ends } : { betas: Array.from(betas) }),
    ...(zeroTerminalSnr ? { zeroTerminalSnr } : {}),
    ...(precision === "float32" ? { precision } : {}),
  };
}

function plainBetas(options: DiscreteScheduleOptions, precision: Precision): Float64Array {
  const { kind = "linear", steps = 1000, betaStart = 1e-4, betaEnd = 0.02 } = options;
  if (options.betas !== undefined) {
    if (!(Array.isArray(options.betas) || ArrayBuffer.isView(options.betas)))
      throw invalid("discreteSchedule", "betas must be a list of numbers", options.betas);
    if (options.betas.length > LONGEST_CHAIN)
      throw invalid("discreteSchedule", `betas must be at most ${LONGEST_CHAIN}`, options.betas);
    const betas = precision === "float32" ? Float32Array.from(options.betas) : options.betas;
    if (betas.length === 0) throw invalid("discreteSchedule", "betas must not be empty", betas);
    return Float64Array.from(betas);
  }
  checkNumbers("discreteSchedule", { betaStart, betaEnd }, ["betaStart", "betaEnd"]);
  if (!Number.isInteger(steps) || steps < 1)
    throw invalid("discreteSchedule", "steps must be a positive integer", steps);
  if (steps > LONGEST_CHAIN)
    throw invalid(
      "discreteSchedule",
      `steps must be at most ${LONGEST_CHAIN}, as no chain is longer`,
      steps,
    );
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
