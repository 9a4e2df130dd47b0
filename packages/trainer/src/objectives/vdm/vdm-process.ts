import { type ForwardProcess, linearGamma, scaledTime, vdm } from "@symbreak/core";
import { constant, interpret, program } from "@symbreak/graph";
import type { NoiseSchedule } from "./noise-schedule.ts";

/**
 * The forward process of a trained schedule. The network is told how far gamma has come on its way from clean to noise, times
 * `timeScale`, so that on its clock gamma is a straight line between the ends, whatever the way is.
 *
 * @param weights the schedule's, by name
 */
export function vdmProcess(
  schedule: NoiseSchedule,
  weights: Readonly<Record<string, ArrayLike<number>>>,
  timeScale: number = 1,
): ForwardProcess {
  const parameters = Object.fromEntries(
    schedule.parameters.map(({ name, shape }) => [name, constant(weights[name]!, shape)]),
  );
  const { clean, noisy } = interpret(program(schedule.ends(parameters)), {});
  return scaledTime(vdm(linearGamma(clean![0]!, noisy![0]!)), timeScale);
}
