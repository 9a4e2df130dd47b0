import { invalid, type Multiply } from "@symbreak/core";
import { countOf, type Data } from "../data.ts";
import { byteDistances, LARGEST_BYTE_SIZE } from "./byte-distances.ts";
import type { DistanceBlock } from "./distance-block.ts";
import { floatDistances } from "./float-distances.ts";

/**
 * All squared distances between two sets, a block at a time, rows in order and for each rows all columns.
 *
 * Sets of bytes with one common factor are compared in integers: exact, and four times as fast. Others are centred and
 * multiplied by the Gram trick.
 */
export async function* distanceBlocks(
  where: string,
  a: Data,
  b: Data,
  multiply?: Multiply,
): AsyncGenerator<DistanceBlock, void, undefined> {
  countOf(where, a);
  countOf(where, b);
  if (a.size !== b.size)
    throw invalid(where, `both sets must have ${a.size} numbers a sample`, b.size);
  const factor = commonFactor(a, b);
  if (multiply === undefined && factor !== undefined) yield* byteDistances(a, b, factor);
  else yield* floatDistances(where, a, b, multiply);
}

/** The scale's one factor, if both sets are bytes under the same scale. */
function commonFactor(a: Data, b: Data): number | undefined {
  const bytes = a.values instanceof Uint8Array && b.values instanceof Uint8Array;
  if (!bytes || a.size > LARGEST_BYTE_SIZE) return undefined;
  const [p, q] = [a.scale ?? UNSCALED, b.scale ?? UNSCALED];
  const factor = p.a[0]!;
  const equal = [...p.a, ...q.a].every((other) => other === factor);
  const together = [...p.b, ...q.b].every((other) => other === p.b[0]);
  return equal && together ? factor : undefined;
}

const UNSCALED = { a: [1], b: [0] };
