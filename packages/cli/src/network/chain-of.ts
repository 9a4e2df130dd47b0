import { type DiscreteSchedule, discreteSchedule, type NoiseLevel } from "@symbreak/core";

/** The chain of which these are all levels, from noise to data. */
export function chainOf(table: readonly NoiseLevel[]): DiscreteSchedule {
  const alphaBars = [1, ...table.map(({ alpha }) => alpha ** 2).reverse()];
  return discreteSchedule({ betas: alphaBars.slice(1).map((bar, i) => 1 - bar / alphaBars[i]!) });
}
