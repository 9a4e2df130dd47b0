import { input, type Shape, sizeOf } from "@symbreak/graph";
import type { Dropout } from "../model.ts";
import type { StepRandom } from "../objectives/step-random.ts";

/** A place where a network drops. */
export interface DropoutSite {
  /** The name of its input. */
  readonly name: string;
  /** Shape of the mask, the batch first. */
  readonly shape: Shape;
  readonly rate: number;
}

/** Makes an input for each mask that a network asks for, and notes it in `sites`. */
export function recordDropout(sites: DropoutSite[]): Dropout {
  return (site, shape, rate) => {
    const name = `dropout.${site}`;
    sites.push({ name, shape, rate });
    return input(name, shape);
  };
}

/** Masks for every site: 0 with probability `rate`, else 1/(1 − rate). */
export function dropoutMasks(
  sites: readonly DropoutSite[],
  random: StepRandom,
): Record<string, Float32Array> {
  let row = 0;
  return Object.fromEntries(
    sites.map(({ name, shape, rate }) => {
      const rows = shape[0]!;
      const uniform = random.uniform(rows, sizeOf(shape) / rows, "dropout", row);
      row += rows;
      const kept = 1 / (1 - rate);
      return [name, Float32Array.from(uniform, (u) => (u < rate ? 0 : kept))];
    }),
  );
}
