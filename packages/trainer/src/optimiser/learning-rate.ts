import { invalid } from "@symbreak/core";

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

/** A step at which a cosine begins again, from this rate. */
export interface Restart {
  readonly step: number;
  readonly rate: number;
}

/**
 * Cosines one after the other (Loshchilov & Hutter 2017, arXiv 1608.03983): the first from `rate` after its warm-up, each further
 * one from its own rate, every one down to nothing where the next begins, and the last at step `steps`.
 */
export function restartedRate(
  rate: number,
  { steps, warmUp = 0, restarts }: { steps: number; warmUp?: number; restarts: readonly Restart[] },
): LearningRate {
  const cycles = [{ step: 0, rate }, ...restarts].map((cycle, i) => {
    const end = restarts[i]?.step ?? steps;
    if (!(end > cycle.step))
      throw invalid("restartedRate", "steps of restarts must ascend, and end before steps", end);
    const length = { steps: end - cycle.step, warmUp: i === 0 ? warmUp : 0 };
    return { step: cycle.step, at: cosineRate(cycle.rate, length) };
  });
  return (step) => {
    const { step: begin, at } = cycles.findLast((cycle) => cycle.step <= step)!;
    return at(step - begin);
  };
}

/** The first step counts already: 1/n, 2/n, … 1. */
function ramp(step: number, warmUp: number): number {
  return warmUp === 0 ? 1 : Math.min(1, (step + 1) / warmUp);
}
