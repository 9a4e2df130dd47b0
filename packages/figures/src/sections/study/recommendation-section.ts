import type { CompareResult, StudyResult } from "@symbreak/analysis";
import { verdict } from "../../late-start-table.ts";
import { numbers, pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { labelOf, startOf } from "../compare/compare-rows.ts";
import type { StartPictures } from "../compare/compare-sections.ts";
import { measured } from "../compare/measured.ts";

/** One recommendation, the same seeds from both starts, and the table that it rests on, in five columns. */
export function recommendationSection(
  { recommendation, comparison }: Pick<StudyResult, "recommendation" | "comparison">,
  grids: readonly StartPictures[],
): Section {
  const shown = grids.filter(
    ({ steps, name }) =>
      recommendation !== null &&
      steps === recommendation.cell.steps &&
      name === labelOf(comparison, recommendation.cell.solver),
  );
  const { discrimination } = comparison;
  const metric = comparison.gains[0]?.late.quality.frechet.name ?? "FD";
  const scale =
    discrimination === null
      ? "each less its own estimate of its bias"
      : `less the ${discrimination.floor.mean.toPrecision(3)} ± ${discrimination.floor.standardDeviation.toPrecision(2)} of as many real samples; the Gaussian is at ${(discrimination.gaussian - discrimination.floor.mean).toPrecision(3)}`;
  return {
    title: "What to do",
    text: [recommendation?.reason ?? "Nothing was compared."],
    content: [
      ...shown.map(({ name, steps, usual, late, from }) =>
        pictures(
          [
            { name: `noise from ${from.usual}`, alt: "samples from noise", picture: usual },
            { name: `late start from ${from.late}`, alt: "samples from late", picture: late },
          ],
          `${name}, ${steps} steps: the same seeds from both starts.`,
        ),
      ),
      numbers(`${metric}, ${scale}`, HEADER, fiveColumns(comparison), [0, 4]),
    ],
  };
}

const HEADER = ["run", "network calls", "strongest noise", "best late start", "nearer"] as const;

/** A row each: solver and steps, calls, both distances without bias and where they start, and what the intervals bear. */
function fiveColumns(comparison: CompareResult): string[][] {
  const { gains, discrimination } = comparison;
  const blind = discrimination !== null && !discrimination.sees;
  const said = (cell: (typeof gains)[number]["late"]) => {
    const { value, bias } = cell.quality.frechet;
    const excess = value - (discrimination?.floor.mean ?? bias ?? 0);
    return `${Number(excess.toPrecision(3))} (from ${startOf(cell)})`;
  };
  return gains.map((gain) => {
    const { solver, steps, nfe, tuned, late } = gain;
    const found = verdict({
      noise: { start: tuned.timestep, ...measured(tuned.quality.frechet) },
      late: { start: late.timestep, ...measured(late.quality.frechet) },
    });
    const nearer = blind || found === "neither" ? "cannot tell" : found;
    const name = `${labelOf(comparison, solver)}, ${steps} steps`;
    return [name, String(Number(nfe.toPrecision(3))), said(tuned), said(late), nearer];
  });
}
