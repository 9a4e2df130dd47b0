import { CLEAN, type NoiseLevel } from "@symbreak/core";
import { ddim, ddimInverse, type Quirks, type Relabel } from "@symbreak/samplers";
import { type Chain, countedLevels, predictionOf, spacedTimesteps } from "./chain.ts";
import type { Fields } from "./config.ts";
import type { Parts, StepRequest } from "./scheduler.ts";
import { stepCount } from "./step-request.ts";
import { thresholdOf } from "./threshold-of.ts";

/** Where the chain ends: clean data, or with `set_alpha_to_one: false` as noisy as its first level. */
export function finalLevel(read: Fields, chain: Chain): NoiseLevel {
  return read.boolean("set_alpha_to_one") ? CLEAN : { ...chain.at(0), timestep: -1 };
}

/**
 * DDIMScheduler. Quirks under parity: each step goes to t − ⌊T/n⌋, not to the next timestep of the list; epsilon stays
 * what the network said when x0 is clipped or thresholded.
 */
export function ddimParts(read: Fields, chain: Chain, parity: boolean): Parts {
  const name = "DDIMScheduler";
  const predicts = predictionOf(read);
  const end = finalLevel(read, chain);
  const at = (t: number) => (t < 0 ? end : chain.at(t));
  const quirks = (steps: StepRequest): Quirks => {
    const stride = Math.floor(chain.schedule.steps / stepCount(name, steps));
    const relabel: Relabel = (_step, _stage, from) => [from, at(from.timestep - stride)];
    return { keepEpsilon: true, relabel };
  };
  const [solver, options] = [ddim(), thresholdOf(read)];
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

/**
 * DDIMInverseScheduler: from clean data through ascending timesteps. Quirks under parity: the network is told the
 * timestep that a step leads to, not the one that x is at; steps are ⌊T/n⌋ wide; epsilon stays as with DDIM.
 */
export function ddimInverseParts(read: Fields, chain: Chain, parity: boolean): Parts {
  const name = "DDIMInverseScheduler";
  const predicts = predictionOf(read);
  const { schedule } = chain;
  const ascending = (steps: number) => spacedTimesteps(read, chain, steps, "ddpm").reverse();
  const behind = (t: number, stride: number) =>
    t < stride ? finalLevel(read, chain) : chain.at(Math.min(t - stride, schedule.steps - 1));
  const levels = (request: StepRequest): NoiseLevel[] => {
    const steps = stepCount(name, request);
    const list = ascending(steps);
    const walk = list.map(chain.at);
    if (!parity) return [{ ...CLEAN, timestep: list[0]! }, ...walk];
    const stride = Math.floor(schedule.steps / steps);
    return [...list.map((timestep) => ({ ...behind(timestep, stride), timestep })), walk.at(-1)!];
  };
  const relabel: Relabel = (_step, _stage, from) => [from, chain.at(from.timestep)];
  const [solver, options] = [ddimInverse(), thresholdOf(read)];
  return {
    process: schedule,
    solver,
    options,
    levels,
    denoiserOf: (network) => ({ ...network, predicts }),
    initNoiseSigma: () => 1,
    run: () => ({
      solver,
      options: parity ? { ...options, quirks: { keepEpsilon: true, relabel } } : options,
    }),
  };
}
