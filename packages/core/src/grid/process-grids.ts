import { checkNumbers } from "../check-numbers.ts";
import { invalid } from "../invalid.ts";
import { CLEAN, logSnr, type NoiseLevel, noiseToSignal } from "../level.ts";
import type { ForwardProcess } from "../process/forward-process.ts";
import { processLevels } from "../process/process.ts";
import { timeGrid } from "../process/time-grid.ts";
import { isChain } from "../schedule/discrete-schedule.ts";
import { levelOfSigma } from "../schedule/levels.ts";
import { linspace } from "../schedule/linspace.ts";
import { karrasSigmas, timestepOfSigma } from "../schedule/sigma-grids.ts";
import { checkedProcess, checkedSteps, type Grid } from "./grid.ts";

/**
 * Equal steps of a process's own time, from its top or the start down to tMin, then clean data. Where only whole times are
 * known, the nearest of those, each once.
 */
export function even(): Grid {
  return {
    name: "even",
    settings: {},
    levels(process, steps, from) {
      const given = checkedProcess("even", process);
      const count = checkedSteps("even", steps);
      const start = from === undefined ? given.tMax : given.timeAt(logSnr(from));
      const times = timeGrid(given, count, { start });
      const told = given.whole ? [...new Set(times.map(Math.round))] : times;
      const walked = processLevels(given, told);
      return from === undefined ? walked : [from, ...walked.slice(1)];
    },
  };
}

/** Ends of a grid of sigmas, in noise per signal (sigma/alpha). */
export interface SigmaGridOptions {
  /** Default: that of the process's cleanest time. */
  readonly sigmaMin?: number;
  /** Default: that of the process's noisiest time, or the start's. */
  readonly sigmaMax?: number;
}

/** Settings of {@link karras}. */
export interface KarrasOptions extends SigmaGridOptions {
  /** Default 7. */
  readonly rho?: number;
}

/** Sigmas even in sigma^(1/rho) (Karras et al. 2022, eq. 5), then clean data; on any process. */
export function karras(options: KarrasOptions = {}): Grid {
  checkNumbers("karras", options, ["sigmaMin", "sigmaMax", "rho"]);
  const { rho = 7, ...ends } = options;
  if (!(rho > 0)) throw invalid("karras", "rho must be positive", rho);
  return sigmaGrid("karras", { rho, ...ends }, ends, (count, sigmaMin, sigmaMax) =>
    karrasSigmas(count, { sigmaMin, sigmaMax }, rho),
  );
}

/** Sigmas in geometric progression, even in log SNR, then clean data; on any process. */
export function exponential(options: SigmaGridOptions = {}): Grid {
  checkNumbers("exponential", options, ["sigmaMin", "sigmaMax"]);
  return sigmaGrid("exponential", { ...options }, options, (count, sigmaMin, sigmaMax) =>
    linspace(Math.log(sigmaMax), Math.log(sigmaMin), count).map(Math.exp),
  );
}

function sigmaGrid(
  name: string,
  settings: Readonly<Record<string, unknown>>,
  ends: SigmaGridOptions,
  lay: (count: number, sigmaMin: number, sigmaMax: number) => Float64Array,
): Grid {
  return {
    name,
    settings,
    levels(process, steps, from) {
      const given = checkedProcess(name, process);
      const count = checkedSteps(name, steps);
      const low = ends.sigmaMin ?? noiseToSignal(given.level(given.tMin));
      const top = ends.sigmaMax ?? noiseToSignal(given.level(given.tMax));
      const high = from === undefined ? top : noiseToSignal(from);
      if (!(low > 0 && high > low && high < Infinity))
        throw invalid(name, "sigmas must satisfy 0 < sigmaMin < sigmaMax < ∞", [low, high]);
      const sigmas = count === 1 ? [high] : lay(count, low, high);
      const walked = levelsOfSigmas(given, sigmas);
      return from === undefined ? walked : [from, ...walked.slice(1)];
    },
  };
}

/** The levels of a process at descending sigmas (sigma/alpha), then clean data unless the last is 0 already. */
export function levelsOfSigmas(process: ForwardProcess, sigmas: ArrayLike<number>): NoiseLevel[] {
  const at = (sigma: number): NoiseLevel => {
    if (sigma === 0) return CLEAN;
    // A chain names levels between its own by ln sigma, as k-diffusion and diffusers do.
    if (isChain(process)) return levelOfSigma(sigma, timestepOfSigma(process, sigma));
    return process.level(process.timeAt(-2 * Math.log(sigma)));
  };
  const list = Array.from(sigmas, at);
  return list.at(-1)?.sigma === 0 ? list : [...list, CLEAN];
}
