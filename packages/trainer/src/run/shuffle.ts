import { invalid, philox4x32 } from "@symbreak/core";

/** The stream of `philoxNoise` is 0, of `philoxUniform` 1: the order of the data shares no counter with either. */
const SHUFFLE = 2;
const ROUNDS = 8;

/**
 * An endless order over `count` items: `order(position)` is the item at that place, and every stretch of `count`
 * places (an epoch) holds each item once, in a new order.
 *
 * Nothing is stored, so that a run continues anywhere at no cost: each epoch is a keyed permutation, a Feistel network
 * over Philox (Luby & Rackoff 1988) on the next power of 4, walked on until it lands inside.
 *
 * @example const order = shuffle(60_000, seed); order(0); order(1); // …
 */
export function shuffle(count: number, seed: number): (position: number) => number {
  if (!Number.isInteger(count) || count < 1 || count > 2 ** 32)
    throw invalid("shuffle", "count must be an integer from 1 to 2^32", count);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw invalid("shuffle", "seed must be an integer from 0 to 2^53 − 1", seed);
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  const half = Math.ceil(Math.ceil(Math.log2(count)) / 2);
  const side = 2 ** half;
  const permute = (index: number, epoch: number): number => {
    let left = Math.floor(index / side);
    let right = index % side;
    for (let round = 0; round < ROUNDS; round++) {
      const word = philox4x32([right, round, epoch, SHUFFLE], key)[0]!;
      [left, right] = [right, (left ^ (word & (side - 1))) >>> 0];
    }
    return left * side + right;
  };
  return (position) => {
    const epoch = Math.floor(position / count);
    let index = position % count;
    do index = permute(index, epoch);
    while (index >= count);
    return index;
  };
}
