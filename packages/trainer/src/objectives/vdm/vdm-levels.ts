import type { NoiseLevel } from "@symbreak/core";
import { add, constant, interpret, mul, program, sub } from "@symbreak/graph";
import type { Parameters } from "../../model.ts";
import type { NoiseSchedule } from "./noise-schedule.ts";

/**
 * The noise levels of a trained schedule at times in [0, 1], for a sampler: what the network is told is their timestep.
 * `weights` are the schedule's, by name.
 */
export function vdmLevels(
  schedule: NoiseSchedule,
  weights: Readonly<Record<string, ArrayLike<number>>>,
  times: ArrayLike<number>,
  timeScale = 1,
): NoiseLevel[] {
  const parameters = constantsOf(schedule, weights);
  const { clean, noisy } = schedule.ends(parameters);
  const { fraction } = schedule.shape(parameters, constant(times, [times.length]));
  const gamma = add(mul(fraction, sub(noisy, clean)), clean);
  const values = interpret(program({ gamma, fraction }), {});
  return Array.from(values.gamma!, (g, i) => ({
    alpha: 1 / Math.sqrt(1 + Math.exp(g)),
    sigma: 1 / Math.sqrt(1 + Math.exp(-g)),
    timestep: values.fraction![i]! * timeScale,
  }));
}

/** gamma where the data are cleanest and where they are noisiest. */
export function vdmEnds(
  schedule: NoiseSchedule,
  weights: Readonly<Record<string, ArrayLike<number>>>,
): [clean: number, noisy: number] {
  const { clean, noisy } = interpret(program(schedule.ends(constantsOf(schedule, weights))), {});
  return [clean![0]!, noisy![0]!];
}

function constantsOf(
  { parameters }: NoiseSchedule,
  weights: Readonly<Record<string, ArrayLike<number>>>,
): Parameters {
  return Object.fromEntries(
    parameters.map(({ name, shape }) => [name, constant(weights[name]!, shape)]),
  );
}
