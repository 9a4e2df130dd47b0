import {
  CLEAN,
  invalid,
  type NoiseLevel,
  noiseToSignal,
  type Prediction,
  roundHalfEven,
} from "@symbreak/core";
import type { Solver } from "@symbreak/samplers";
import { type Chain, chosenTimesteps, lateLevels, predictionOf, spacedTimesteps } from "./chain.ts";
import type { Fields } from "./config.ts";
import type { SchedulerClass } from "./defaults.ts";
import type { Parts, StepRequest } from "./scheduler.ts";
import { sigmaGridOf, timestepIn } from "./sigma-grids.ts";
import { thresholdOf } from "./threshold-of.ts";

/** What tells the classes of this family apart. */
export interface SigmaClass {
  readonly name: SchedulerClass;
  readonly solver: Solver;
  /** KDPM2 rounds the timesteps of a Karras grid. */
  readonly roundsKarras?: boolean;
  /** Euler's custom `timesteps` and `sigmas`, Heun's `timesteps`. */
  readonly takes?: readonly ("timesteps" | "sigmas")[];
}

/**
 * The k-diffusion family of diffusers: fractional timesteps, sigma interpolated linearly between training sigmas, an
 * optional grid of sigmas in their place.
 *
 * Its networks see x/√(sigma² + 1): exactly the variance-preserving level of that sigma, as which it is listed. A quirk
 * of diffusers that is none of the solver's: with "leading" spacing it starts from noise of √(sigma² + 1).
 */
export function sigmaParts(kind: SigmaClass, read: Fields, chain: Chain): Parts {
  const predicts = predictionOf(read);
  const continuous = readContinuous(read, predicts);
  const grid = sigmaGridOf(read, chain);
  const levels = (request: StepRequest, from?: NoiseLevel): NoiseLevel[] => {
    const last = finalSigma(read, chain);
    const end = last === 0 ? CLEAN : chain.level(last, 0);
    if (from) return lateLevels(chain, request, from, end);
    if (typeof request === "object" && "sigmas" in request) {
      refuse(kind, "sigmas");
      return request.sigmas.map((sigma) =>
        sigma === 0 ? CLEAN : chain.level(sigma, timestepIn(chain, sigma)),
      );
    }
    if (typeof request === "object") refuse(kind, "timesteps", grid?.name);
    const timesteps =
      typeof request === "number"
        ? spacedTimesteps(read, chain, request, "euler")
        : chosenTimesteps(request.timesteps, chain);
    const sigmas = logLinear(read)
      ? evenLogs(chain, timesteps.length)
      : timesteps.map((t) => interpolated(chain, t));
    const name = (sigma: number, t: number) =>
      chain.level(sigma, continuous ? Math.log(sigma) / 4 : t);
    if (logLinear(read) && !grid) {
      // One more sigma than timesteps: the last is where it ends, unless the sigmas are the timesteps.
      const listed = sigmas.map((sigma, i) => name(sigma, timesteps[i] ?? 0));
      return continuous ? [...listed, end] : listed;
    }
    if (!grid) return [...timesteps.map((t, i) => name(sigmas[i]!, t)), end];
    const rounds = kind.roundsKarras && grid.name === "karras";
    const walked = grid.sigmas(timesteps.length, sigmas[0]!, sigmas.at(-1)!).map((sigma) => {
      const t = timestepIn(chain, sigma);
      return name(sigma, rounds ? roundHalfEven(t) : t);
    });
    return [...walked, end];
  };
  const { solver } = kind;
  const options = { ...thresholdOf(read), table: chain.table };
  return {
    process: chain.schedule,
    solver,
    options,
    levels,
    denoiserOf: (network) => ({ ...network, predicts }),
    initNoiseSigma(walk) {
      const sigma = noiseToSignal(walk[0]!);
      return read.choice("timestep_spacing", ["leading", "linspace", "trailing"]) === "leading"
        ? Math.hypot(1, sigma)
        : sigma;
    },
    run: () => ({ solver, options }),
  };
}

/** sigma/alpha at a fractional timestep: linear between the integers. */
function interpolated(chain: Chain, timestep: number): number {
  const below = Math.min(Math.max(Math.floor(timestep), 0), chain.schedule.steps - 2);
  const low = chain.sigma(below);
  return low + (timestep - below) * (chain.sigma(below + 1) - low);
}

function finalSigma(read: Fields, chain: Chain): number {
  return read.choice("final_sigmas_type", ["zero", "sigma_min"], "zero") === "zero"
    ? 0
    : chain.sigma(0);
}

/** Euler's `interpolation_type: "log_linear"`: n + 1 sigmas even in their logarithm over the whole chain. */
function logLinear(read: Fields): boolean {
  return read.choice("interpolation_type", ["linear", "log_linear"], "linear") === "log_linear";
}

function evenLogs(chain: Chain, steps: number): number[] {
  const [top, bottom] = [Math.log(chain.sigma(chain.schedule.steps - 1)), Math.log(chain.sigma(0))];
  return Array.from({ length: steps + 1 }, (_, k) => Math.exp(top + (k / steps) * (bottom - top)));
}

/** Euler's `timestep_type: "continuous"` tells v-networks ln(sigma)/4. */
function readContinuous(read: Fields, predicts: Prediction): boolean {
  const type = read.choice("timestep_type", ["discrete", "continuous"], "discrete");
  return type === "continuous" && predicts === "v";
}

function refuse(kind: SigmaClass, what: "timesteps" | "sigmas", grid?: string): void {
  if (!kind.takes?.includes(what))
    throw invalid("levels", `${kind.name} takes a number of steps`, what);
  if (grid !== undefined)
    throw invalid("levels", `${kind.name} takes no timesteps with a grid of sigmas`, grid);
}
