import { invalid } from "../invalid.ts";

/**
 * Deals pieces of work to `of` workers, always in the same way: the costliest first, each to whoever has least. Where there are more
 * workers than pieces, several share one: those that cost most for each worker.
 *
 * @param cost of piece k shared by so many
 * @returns the workers of each piece, ascending, at least one
 * @example dealt(3, 2, (k) => [5, 4, 3][k]!) // [[0], [1], [1]]
 */
export function dealt(
  pieces: number,
  of: number,
  cost: (piece: number, workers: number) => number,
): number[][] {
  if (!(Number.isSafeInteger(of) && of >= 1))
    throw invalid("dealt", "of must be a whole number, 1 or more", of);
  const order = Array.from({ length: pieces }, (_, k) => k);
  if (of > pieces) {
    const workers = order.map(() => 1);
    for (let spare = of - pieces; spare > 0 && pieces > 0; spare--)
      workers[most(order.map((k) => cost(k, workers[k]!)))]!++;
    let next = 0;
    return workers.map((count) => Array.from({ length: count }, () => next++));
  }
  const costs = order.map((k) => cost(k, 1));
  const loads = new Array<number>(of).fill(0);
  const workers: number[][] = order.map(() => []);
  for (const k of order.sort((p, q) => costs[q]! - costs[p]! || p - q)) {
    const least = most(loads.map((load) => -load));
    loads[least]! += costs[k]!;
    workers[k] = [least];
  }
  return workers;
}

/** The first place of the largest number. */
function most(values: readonly number[]): number {
  return values.reduce((best, value, k) => (value > values[best]! ? k : best), 0);
}
