import {
  CLEAN,
  edm,
  edmLevels,
  linspace,
  type NoiseLevel,
  noiseToSignal,
  type Precision,
  rounding,
} from "@symbreak/core";
import { dpmMultistep, euler } from "@symbreak/samplers";
import type { Fields } from "./config.ts";
import { dpmSettings, lowerOrderOf } from "./dpm-settings.ts";
import { preconditioned } from "./preconditioned.ts";
import type { Parts, StepRequest } from "./scheduler.ts";
import { stepCount } from "./step-request.ts";
import { thresholdOf } from "./threshold-of.ts";

/** EDMEulerScheduler: ends where its grid does, which with one step is at sigma_max. */
export function edmEulerParts(read: Fields, precision: Precision): Parts {
  const kind: EdmClass = {
    name: "EDMEulerScheduler",
    karras: "float64",
    finalSigma: (sigmas) => sigmas.at(-1)!,
  };
  const walked = { solver: euler(), options: {} };
  return { ...edmParts(kind, read, precision), ...walked, run: () => walked };
}

/** EDMDPMSolverMultistepScheduler. */
export function edmDpmParts(read: Fields, precision: Precision, parity: boolean): Parts {
  const kind: EdmClass = {
    name: "EDMDPMSolverMultistepScheduler",
    karras: precision,
    finalSigma: () => read.number("sigma_min"),
  };
  const settings = dpmSettings(read, ["dpmsolver++", "sde-dpmsolver++"]);
  const [solver, options] = [dpmMultistep(settings), thresholdOf(read)];
  const parts = edmParts(kind, read, precision);
  const flawed = (steps: StepRequest) => ({
    solver: dpmMultistep({ ...settings, ...lowerOrderOf(read, parts.levels(steps)) }),
    options: { ...options, quirks: { flawedThirdOrder: true } },
  });
  return { ...parts, solver, options, run: parity ? flawed : () => ({ solver, options }) };
}

/** Where the two classes differ. */
interface EdmClass {
  readonly name: string;
  /** The precision in which the Karras grid is computed before it is rounded. */
  readonly karras: Precision;
  /** The end of `final_sigmas_type: "sigma_min"`. */
  finalSigma(sigmas: Float64Array): number;
}

/** What the two classes of Karras et al. 2022 share: a variance-exploding grid and the preconditioned network. */
function edmParts(
  kind: EdmClass,
  read: Fields,
  precision: Precision,
): Omit<Parts, "solver" | "options" | "run"> {
  const [sigmaMin, sigmaMax] = [read.number("sigma_min"), read.number("sigma_max")];
  const round = rounding(precision);
  const schedule = read.choice("sigma_schedule", ["karras", "exponential"]);
  const final = read.choice("final_sigmas_type", ["zero", "sigma_min"]);
  return {
    process: edm({ sigmaMin, sigmaMax }),
    levels(request, from) {
      const steps = stepCount(kind.name, request);
      const top = from ? noiseToSignal(from) : sigmaMax;
      const sigmas =
        schedule === "karras"
          ? karras(steps, sigmaMin, top, read.number("rho"), kind.karras)
          : linspace(Math.log(sigmaMin), Math.log(top), steps, precision).reverse().map(Math.exp);
      const end: NoiseLevel =
        final === "zero" ? CLEAN : edmLevels([kind.finalSigma(sigmas)], null)[0]!;
      const listed = edmLevels(sigmas, end).map((level) => ({
        ...level,
        sigma: round(level.sigma),
        timestep: round(level.timestep),
      }));
      return from ? [from, ...listed.slice(1)] : listed;
    },
    denoiserOf: (network) =>
      preconditioned(network, {
        sigmaData: read.number("sigma_data"),
        negative: read.choice("prediction_type", ["epsilon", "v_prediction"]) === "v_prediction",
      }),
    initNoiseSigma: () => Math.hypot(1, sigmaMax),
  };
}

/** Karras et al. 2022, eq. 5, each operation in the given precision. */
function karras(
  steps: number,
  sigmaMin: number,
  sigmaMax: number,
  rho: number,
  precision: Precision,
): Float64Array {
  const round = rounding(precision);
  const [low, high] = [sigmaMin ** (1 / rho), sigmaMax ** (1 / rho)];
  const [start, slope] = [round(high), round(low - high)];
  return linspace(0, 1, steps, precision).map((u) => round(round(start + round(u * slope)) ** rho));
}
