import type { NoiseLevel } from "@symbreak/core";
import { add, constant, interpret, mul, program, sub } from "@symbreak/graph";
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
  const parameters = Object.fromEntries(
    schedule.parameters.map(({ name, shape }) => [name, constant(weights[name]!, shape)]),
  );
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
