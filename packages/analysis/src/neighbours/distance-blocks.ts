import { checkData, type Data, invalid, type Multiply, sizeOf } from "@symbreak/core";
import { byteDistances, LARGEST_BYTE_SIZE } from "./byte-distances.ts";
import type { DistanceBlock } from "./distance-block.ts";
import { floatDistances } from "./float-distances.ts";

/** How the products are made. */
export interface DistanceOptions {
  /** For the large products, in single precision. */
  readonly multiply?: Multiply | undefined;
  /** Whether floats may be multiplied in single precision, where none is given: twice as fast. Default false. */
  readonly single?: boolean | undefined;
}

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
  { multiply, single = false }: DistanceOptions = {},
): AsyncGenerator<DistanceBlock, void, undefined> {
  checkData(where, a);
  checkData(where, b);
  const [size, other] = [sizeOf(a.shape), sizeOf(b.shape)];
  if (size !== other) throw invalid(where, `both sets must have ${size} numbers a sample`, other);
  const factor = commonFactor(a, b);
  if (multiply === undefined && factor !== undefined) yield* byteDistances(a, b, factor);
  else yield* floatDistances(where, a, b, multiply ?? (single ? "single" : "double"));
}

/** The units' one factor, if both sets are bytes in the same units. */
function commonFactor(a: Data, b: Data): number | undefined {
  const bytes = a.values instanceof Uint8Array && b.values instanceof Uint8Array;
  if (!bytes || sizeOf(a.shape) > LARGEST_BYTE_SIZE) return undefined;
  const [p, q] = [a.units, b.units];
  const factor = p.a[0]!;
  const equal = [...p.a, ...q.a].every((other) => other === factor);
  const together = [...p.b, ...q.b].every((other) => other === p.b[0]);
  return equal && together ? factor : undefined;
}
