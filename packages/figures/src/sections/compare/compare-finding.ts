import type { CompareResult, LateStartGain } from "@symbreak/analysis";
import { verdict } from "../../late-start-table.ts";
import { labelOf, type Named } from "./compare-rows.ts";
import { measured } from "./measured.ts";

/** What the table says, in a few sentences: only what the intervals bear. */
export function compareFinding(
  result: Named & Pick<CompareResult, "gains" | "speciation" | "discrimination">,
): string {
  const { gains, speciation, discrimination } = result;
  const rowName = ({ solver, steps }: LateStartGain) => `${labelOf(result, solver)}, n = ${steps}`;
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
      : ` The distance of the automatic start is at most ${Math.max(...costs).toFixed(2)} times that of the best late start (median ${median(costs).toFixed(2)}).`;
  const { ddpmIndex, ouTime } = speciation;
  const blind = discrimination !== null && !discrimination.sees;
  const moral = blind
    ? ` ${discrimination.measure} cannot judge starts here, so that none of this counts for the late start.`
    : "";
  return (
    `${ouTime === null ? "No mode of the data rises above the noise" : `The first mode of the data rises above the noise at t_S = ${ouTime.toFixed(3)}${ddpmIndex === null ? "" : ` (index ${ddpmIndex})`}`}. ` +
    `At equal network calls the best late start is ${against("usual")} against noise from the usual place, and ${against("tuned")} against noise from the level and on the grid that suit it best. ` +
    `The largest ratio to the usual start is ${largest.ratio.usual?.toFixed(2)} (${rowName(largest)}).${auto}${moral}`
  );
}

function verdictOf(gain: LateStartGain, which: "usual" | "tuned"): ReturnType<typeof verdict> {
  const bounds = ({ quality, timestep }: LateStartGain["usual"]) => {
    return { start: timestep, ...measured(quality.frechet) };
  };
  return verdict({ noise: bounds(gain[which]), late: bounds(gain.late) });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
