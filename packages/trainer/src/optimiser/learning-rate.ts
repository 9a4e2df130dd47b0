/** The learning rate of step k, from 0. */
export type LearningRate = (step: number) => number;

/** Rises in a straight line over the first `warmUp` steps, then stays. */
export function constantRate(rate: number, warmUp = 0): LearningRate {
  return (step) => rate * ramp(step, warmUp);
}

/** Rises over the first `warmUp` steps, then falls along half a cosine to `end` at step `steps`, and stays. */
export function cosineRate(
  rate: number,
  { steps, warmUp = 0, end = 0 }: { steps: number; warmUp?: number; end?: number },
): LearningRate {
  return (step) => {
    if (step < warmUp) return rate * ramp(step, warmUp);
    const done = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
    return end + (rate - end) * 0.5 * (1 + Math.cos(Math.PI * done));
  };
}

/** The first step counts already: 1/n, 2/n, … 1. */
function ramp(step: number, warmUp: number): number {
  return warmUp === 0 ? 1 : Math.min(1, (step + 1) / warmUp);
}
