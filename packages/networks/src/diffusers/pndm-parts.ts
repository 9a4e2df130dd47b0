import { cosine, invalid } from "@symbreak/core";
import { ipndm, pndm, type Quirks, type Relabel } from "@symbreak/samplers";
import { type Chain, countedLevels, predictionOf } from "./chain.ts";
import type { Fields } from "./config.ts";
import { finalLevel } from "./ddim-parts.ts";
import { pndmFloat32Transfer } from "./pndm-float32.ts";
import type { Parts, StepRequest } from "./scheduler.ts";
import { stepCount } from "./step-request.ts";

/**
 * PNDMScheduler. Quirks under parity: steps are ⌊T/n⌋ wide and half steps ⌊⌊T/n⌋/2⌋, whatever the list says; raw outputs
 * are mixed before they are read; fewer than four steps with Runge–Kutta are an error.
 */
export function pndmParts(read: Fields, chain: Chain, parity: boolean): Parts {
  const name = "PNDMScheduler";
  const predicts = predictionOf(read, ["epsilon", "v_prediction"]);
  const skipPrk = read.boolean("skip_prk_steps");
  const end = finalLevel(read, chain);
  const [solver, options] = [pndm({ skipPrk }), { table: chain.table }];
  const at = (t: number) => (t < 0 ? end : chain.at(t));
  const { alphaBars } = chain.schedule;
  const alphaBar = (t: number) => (t >= 0 ? alphaBars[t]! : end.sigma === 0 ? 1 : alphaBars[0]!);
  const quirks = (request: StepRequest): Quirks => {
    const steps = stepCount(name, request);
    if (!skipPrk && steps < 4)
      throw invalid("levels", `${name} with Runge–Kutta steps must take at least 4 steps`, steps);
    const stride = Math.floor(chain.schedule.steps / steps);
    const half = Math.floor(stride / 2);
    const relabel: Relabel = (step, stage, from, to) => {
      if (!skipPrk && step < 3) return stage === 0 ? [from, at(from.timestep - half)] : [from, to];
      // The second visit of skip-PRK redoes the first step from where it thinks that one began.
      return stage === 1 ? [at(to.timestep + stride), to] : [from, at(from.timestep - stride)];
    };
    const midpoint: Quirks["midpoint"] = (_from, to) => at(to.timestep + half);
    const inFloat32 = chain.schedule.precision === "float32";
    return {
      relabel,
      mixOutputs: true,
      midpoint,
      ...(inFloat32 ? { transfer: pndmFloat32Transfer(alphaBar) } : {}),
    };
  };
  return {
    process: chain.schedule,
    solver,
    options,
    levels: countedLevels(name, read, chain, end),
    denoiserOf: (network) => ({ ...network, predicts }),
    initNoiseSigma: () => 1,
    run: (steps) => ({ solver, options: parity ? { ...options, quirks: quirks(steps) } : options }),
  };
}

/** What diffusers divides by where alpha vanishes. */
const SMALLEST_ALPHA = 1e-8;

/**
 * IPNDMScheduler: v-prediction on a schedule of its own, sigma = sin²(π u/2) with u from 1 to 0 and timesteps
 * 2/π·atan2(sigma, alpha). Quirk under parity: the first step, from alpha = 0, forgets what the network said.
 */
export function ipndmParts(read: Fields, round: (x: number) => number, parity: boolean): Parts {
  read.only("trained_betas");
  const relabel: Relabel = (_step, _stage, from, to) => [
    { ...from, alpha: Math.max(from.alpha, SMALLEST_ALPHA) },
    to,
  ];
  const solver = ipndm();
  return {
    process: cosine(),
    solver,
    options: {},
    levels: (request, from) => {
      const steps = stepCount("IPNDMScheduler", request);
      const start = from === undefined ? 1 : (2 / Math.PI) * Math.asin(Math.sqrt(from.sigma));
      return Array.from({ length: steps + 1 }, (_, k) => {
        const sigma = round(Math.sin(((start * (steps - k)) / steps) * (Math.PI / 2)) ** 2);
        const alpha = round(Math.sqrt(1 - sigma ** 2));
        return { alpha, sigma, timestep: round((Math.atan2(sigma, alpha) / Math.PI) * 2) };
      });
    },
    denoiserOf: (network) => ({ ...network, predicts: "v" }),
    initNoiseSigma: () => 1,
    run: () => ({ solver, options: parity ? { quirks: { relabel } } : {} }),
  };
}
