/**
 * Turns logarithms into weights that sum to one, in place, and returns ln Σ exp of what stood there.
 *
 * Shifted by the largest: no overflow, and the largest weight is never lost.
 */
export function softmax(logs: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < logs.length; i++) if (logs[i]! > largest) largest = logs[i]!;
  let sum = 0;
  for (let i = 0; i < logs.length; i++) {
    const weight = Math.exp(logs[i]! - largest);
    logs[i] = weight;
    sum += weight;
  }
  for (let i = 0; i < logs.length; i++) logs[i]! /= sum;
  return largest + Math.log(sum);
}
