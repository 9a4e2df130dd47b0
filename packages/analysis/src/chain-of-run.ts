import { chainOf, type DiscreteSchedule } from "@symbreak/core";
import type { SampleOptions } from "@symbreak/samplers";

/** The chain whose indices a result tells: the one asked for, that of the run, or the linear one of 1000 steps. */
export function chainOfRun({
  chain,
  process,
  network,
}: Pick<SampleOptions, "process" | "network"> & {
  readonly chain?: DiscreteSchedule | undefined;
}): DiscreteSchedule {
  return chain ?? chainOf(process ?? network?.process);
}
