import { expect } from "vitest";

/** Float32 results against the reference's, relative to the largest element of each (or 0.1, if that is larger). */
export function expectClose(
  found: Readonly<Record<string, ArrayLike<number>>>,
  wanted: Readonly<Record<string, ArrayLike<number>>>,
  tolerance = 2e-5,
): void {
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(wanted).toSorted());
  for (const [name, values] of Object.entries(wanted)) {
    const scale = Array.from(values).reduce((top, v) => Math.max(top, Math.abs(v)), 0.1);
    const errors = Array.from(values, (v, i) => Math.abs(v - found[name]![i]!) / scale);
    expect(found[name]!.length, name).toBe(values.length);
    expect(Math.max(...errors), `${name}: largest error over largest value`).toBeLessThan(
      tolerance,
    );
  }
}
