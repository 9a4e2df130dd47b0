/**
 * How much of a moving average of weights is kept at its k-th update, from 1: min(decay, (1 + k)/(10 + k)), so that a
 * young average forgets its random beginning. After k updates it looks back over about (k + 10)/9 steps, until that
 * reaches 1/(1 − decay).
 */
export function averageDecay(decay: number, update: number): number {
  return Math.min(decay, (1 + update) / (10 + update));
}
