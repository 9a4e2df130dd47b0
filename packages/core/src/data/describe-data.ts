import type { Data } from "./data.ts";

/**
 * One line that says what the set is.
 *
 * @example describeData(set) // "mnist train, classes 1,8, first 5000 per class, pad 32: 10000 × 1×32×32"
 */
export function describeData({ name = "data", split, selection = [], count, shape }: Data): string {
  const whole = split === undefined ? name : `${name} ${split}`;
  return `${[whole, ...selection].join(", ")}: ${count} × ${shape.join("×")}`;
}
