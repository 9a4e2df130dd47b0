import { criticalOuTime, discreteSchedule, type NoiseLevel } from "@symbreak/core";
import { levelTime } from "../../clock-time.ts";

/** Where a symmetry breaking is looked for, noisiest first. */
export interface SymmetryLevels {
  /** Of the network's loss. */
  readonly loss: readonly NoiseLevel[];
  /** Of the centre's branch. */
  readonly centre: readonly NoiseLevel[];
  readonly wells: readonly NoiseLevel[];
  /** Of the potential between two samples. */
  readonly circle: readonly NoiseLevel[];
}

/** OU time beyond the instability law at which nothing has been decided, and the last one looked at. */
const [BEFORE, LAST] = [1, 0.1];
const POINTS = { loss: 24, centre: 26, wells: 9 } as const;
/** Parts of the instability law's time. */
const CIRCLES = [1.4, 1, 0.7, 0.45, 0.2] as const;

/**
 * Levels around the instability law's time ½ arsinh Λ, evenly spaced in OU time.
 *
 * @param table levels of the network's process, noisiest first: those of a chain, or many of a continuous process
 */
export function symmetryLevels(table: readonly NoiseLevel[], lambda: number): SymmetryLevels {
  const critical = criticalOuTime(lambda);
  const top = ouTimeOf(table.find(hasBoth)!);
  const first = Math.min(top, critical + BEFORE);
  const last = Math.min(LAST, 0.5 * critical);
  const even = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => from + ((last - from) * i) / (count - 1));
  return {
    loss: nearestLevels(table, even(Math.min(top, critical + 2.5), POINTS.loss)),
    centre: nearestLevels(table, even(first, POINTS.centre)),
    wells: nearestLevels(table, even(Math.min(top, critical + 0.2), POINTS.wells)),
    circle: nearestLevels(
      table,
      CIRCLES.map((part) => part * critical),
    ),
  };
}

/** The levels with signal and noise nearest to some OU times, each once. */
function nearestLevels(table: readonly NoiseLevel[], times: readonly number[]): NoiseLevel[] {
  const usable = table.filter(hasBoth).map((level) => ({ level, ouTime: ouTimeOf(level) }));
  const chosen = times.map((time) => {
    const away = ({ ouTime }: { readonly ouTime: number }) => Math.abs(ouTime - time);
    return usable.reduce((best, one) => (away(one) < away(best) ? one : best)).level;
  });
  return chosen.filter((level, i) => level !== chosen[i - 1]);
}

function hasBoth({ alpha, sigma }: NoiseLevel): boolean {
  return alpha > 0 && sigma > 0;
}

const LINEAR = discreteSchedule();

function ouTimeOf(level: NoiseLevel): number {
  return levelTime(level, LINEAR).ouTime;
}
