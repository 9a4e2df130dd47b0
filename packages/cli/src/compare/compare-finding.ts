import type { LateStartGain } from "@symbreak/analysis";
import { verdict } from "@symbreak/figures";
import type { CompareResult } from "./compare-result.ts";
import { labelOf } from "./compare-rows.ts";
import { measured } from "./measured.ts";

/** What the table says, in a few sentences: only what the intervals bear. */
export function compareFinding({
  gains,
  speciation,
}: Pick<CompareResult, "gains" | "speciation">): string {
  const against = (which: "usual" | "tuned") => {
    const won = gains.filter((gain) => verdictOf(gain, which) === "late start");
    const lost = gains.filter((gain) => verdictOf(gain, which) === "noise start");
    const parts = [
      `nearer to the data in ${won.length} of ${gains.length} rows`,
      lost.length > 0 && `farther in ${lost.length} (${lost.map(rowName).join(", ")})`,
    ].filter(Boolean);
    return parts.join(" and ");
  };
  const largest = gains.reduce((a, b) => ((b.ratio.usual ?? 0) > (a.ratio.usual ?? 0) ? b : a));
  const costs = gains.flatMap(({ ratio }) => ratio.auto ?? []);
  const auto =
    costs.length === 0
      ? ""
      : ` The automatic start costs at most a factor ${Math.max(...costs).toFixed(2)} over the best of the grid (median ${median(costs).toFixed(2)}).`;
  const { ddpmIndex, ouTime } = speciation;
  return (
    `${ouTime === null ? "No mode of the data rises above the noise" : `The data decide at t_S = ${ouTime.toFixed(3)}${ddpmIndex === null ? "" : ` (index ${ddpmIndex})`}`}. ` +
    `At equal network calls the best late start is ${against("usual")} against noise from the usual place, and ${against("tuned")} against noise from the level that suits it best. ` +
    `The largest ratio to the usual start is ${largest.ratio.usual?.toFixed(2)} (${rowName(largest)}).${auto}`
  );
}

function verdictOf(gain: LateStartGain, which: "usual" | "tuned"): ReturnType<typeof verdict> {
  const bounds = ({ quality, timestep }: LateStartGain["usual"]) => {
    return { start: timestep, ...measured(quality.frechet) };
  };
  return verdict({ noise: bounds(gain[which]), late: bounds(gain.late) });
}

function rowName({ solver, steps }: LateStartGain): string {
  return `${labelOf(solver)}, n = ${steps}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
