import type { MeasuredCell } from "../../late-start/cell.ts";
import type { LateStartGain } from "../../late-start/late-start-gain.ts";
import type { CompareResult } from "../compare/compare-result.ts";

/** One way to sample, for who wants no table. */
export interface Recommendation {
  readonly cell: Pick<MeasuredCell, "solver" | "steps" | "grid" | "start" | "timestep" | "nfe">;
  /** What it is the best of. */
  readonly gain: LateStartGain;
  /** Whether the distance could tell its start from the strongest noise. */
  readonly certain: boolean;
  readonly reason: string;
}

/**
 * The cheapest run that the table cannot tell from its best one: late where that is measurably nearer to the data than the
 * strongest noise, else that noise, which needs no moments.
 */
export function recommendation({
  gains,
  discrimination,
  protocol,
}: Pick<CompareResult, "gains" | "discrimination" | "protocol">): Recommendation | null {
  const blind = discrimination !== null && !discrimination.sees;
  const rows = gains.map((gain) => {
    const certain = !blind && below(gain.late, gain.tuned);
    return { gain, certain, cell: certain ? gain.late : gain.tuned };
  });
  if (rows.length === 0) return null;
  const best = rows.reduce((a, b) => (value(b.cell) < value(a.cell) ? b : a));
  const near = rows.filter(({ cell }) => !below(best.cell, cell));
  const { gain, certain, cell } = near.reduce((a, b) => (b.cell.nfe < a.cell.nfe ? b : a));
  const { solver, steps, grid, start, timestep, nfe } = cell;
  const kind = start === "late" ? "a Gaussian late start" : "noise";
  const title = protocol.solvers[solver]?.title ?? solver;
  const laid = grid === undefined ? "the network's own grid" : `the grid “${grid}”`;
  const why = blind
    ? `${discrimination.measure} cannot judge starts here, so that the plain start is taken.`
    : certain
      ? "It is measurably nearer to the data than the strongest noise at as many calls."
      : "A late start is not measurably nearer to the data than the strongest noise at as many calls, and noise needs no moments.";
  return {
    cell: { solver, steps, ...(grid === undefined ? {} : { grid }), start, timestep, nfe },
    ...{ gain, certain },
    reason: `${title} in ${steps} steps (${Number(nfe.toPrecision(3))} network calls) from ${kind} at ${Number(timestep.toPrecision(4))}, on ${laid}. ${why}`,
  };
}

/** Whether the intervals of two distances lie apart, a's below b's. */
function below(a: MeasuredCell, b: MeasuredCell): boolean {
  const { high, value: top } = a.quality.frechet;
  const { low, value: bottom } = b.quality.frechet;
  return (high ?? top) < (low ?? bottom);
}

function value({ quality }: MeasuredCell): number {
  return quality.frechet.value;
}
