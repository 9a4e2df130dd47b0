import { DatasetError } from "../dataset-error.ts";
import type { NpyArray } from "./parse-npy.ts";

/**
 * Nested lists of numbers as one array: N lists of one length, or of lists of one length.
 *
 * @param file for messages
 * @throws DatasetError where lengths differ, or where something is no finite number
 */
export function listArray(rows: readonly unknown[], file: string): NpyArray {
  const shape: number[] = [];
  for (let at: unknown = rows; isList(at); at = at[0]) shape.push(at.length);
  const count = shape.reduce((product, n) => product * n, 1);
  const data = new Float64Array(count);
  let filled = 0;
  const fail = (found: string, row: number): never => {
    const expected = "lists of equal length, of finite numbers";
    throw new DatasetError({ file, expected, found: `${found} in row ${row}` });
  };
  const fill = (value: unknown, axis: number, row: number): void => {
    const length = isList(value) ? value.length : undefined;
    if (axis < shape.length && length !== shape[axis])
      fail(
        length === undefined ? String(value) : `${length} where others have ${shape[axis]}`,
        row,
      );
    if (isList(value)) {
      for (let i = 0; i < value.length; i++) fill(value[i], axis + 1, axis === 0 ? i : row);
      return;
    }
    const number = typeof value === "number" || typeof value === "bigint" ? Number(value) : NaN;
    if (!Number.isFinite(number)) fail(String(value), row);
    data[filled++] = number;
  };
  fill(rows, 0, 0);
  const whole = data.every(Number.isInteger);
  return { shape, type: whole ? "i8" : "f8", data };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
