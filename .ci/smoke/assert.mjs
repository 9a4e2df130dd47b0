import { strictEqual } from "node:assert";

export const equal = strictEqual;

export function near(value, expected, tolerance) {
  if (!(Math.abs(value - expected) <= tolerance)) {
    throw new Error(`expected ${expected} ± ${tolerance}, got ${value}`);
  }
}
