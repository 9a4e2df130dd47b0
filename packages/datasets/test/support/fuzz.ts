import fc from "fast-check";
import { expect } from "vitest";
import { DatasetError } from "../../src/dataset-error.ts";

/** Random damage to some bytes: cut off at any length, or up to four bits flipped in the first `head` bytes. */
export function damaged(bytes: Uint8Array, head: number = bytes.length): fc.Arbitrary<Uint8Array> {
  const cut = fc.nat(bytes.length - 1).map((length) => bytes.slice(0, length));
  const bit = fc.nat(Math.min(head, bytes.length) * 8 - 1);
  const flipped = fc.array(bit, { minLength: 1, maxLength: 4 }).map((bits) => {
    const copy = bytes.slice();
    for (const at of bits) copy[at >> 3]! ^= 1 << (at & 7);
    return copy;
  });
  return fc.oneof(cut, flipped);
}

/** Either a result that passes `check`, or a DatasetError that names the file; anything else fails. */
export async function validOrRefused<T>(
  read: () => T | Promise<T>,
  check: (result: T) => void,
): Promise<void> {
  let result: T;
  try {
    result = await read();
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetError);
    expect((error as DatasetError).file).not.toBe("");
    return;
  }
  check(result);
}
