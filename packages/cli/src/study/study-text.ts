import type { MeasuredStudy } from "@symbreak/analysis";
import { GAINS_HEADER, gainRows, studyDetails, symmetryTable, timesTable } from "@symbreak/figures";
import { textTable } from "../terminal/table.ts";

/** The study for the terminal. */
export function studyText(found: MeasuredStudy): string {
  const { analysis, symmetry, comparison, warnings } = found.result;
  const metric = comparison.gains[0]?.late.quality.frechet.name ?? "FD";
  const table = symmetry === null ? undefined : symmetryTable(symmetry);
  return [
    ...warnings.map((warning) => `warning: ${warning}\n`),
    `${analysis.description}; ${analysis.scaleFormula}\n`,
    textTable(["", "OU time", "DDPM index"], timesTable(analysis)),
    ...(table === undefined ? [] : [textTable(table.header, table.rows)]),
    `${metric}, with 95 % intervals, by the index where a run starts:\n`,
    textTable(GAINS_HEADER, gainRows(comparison), [0]),
    ...studyDetails(found),
  ].join("\n");
}
