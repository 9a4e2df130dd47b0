import type { Labels } from "@symbreak/core";
import { DatasetError } from "./dataset-error.ts";

/** Class numbers in the smallest type that holds them. @throws DatasetError on one that is not an integer of 0 to 65535 */
export function packLabels(values: ArrayLike<number>, file: string): Labels {
  let top = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isInteger(value) || value < 0 || value > 0xffff) {
      const found = `${value} at label ${i}`;
      throw new DatasetError({ file, expected: "class numbers of 0 to 65535", found });
    }
    if (value > top) top = value;
  }
  return top < 256 ? Uint8Array.from(values) : Uint16Array.from(values);
}

/** The labels at these places. */
export function takeLabels(labels: Labels, indices: readonly number[]): Labels {
  const taken = labels.slice(0, indices.length);
  for (const [i, index] of indices.entries()) taken[i] = labels[index]!;
  return taken;
}
