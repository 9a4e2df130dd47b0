import type { CompareResult } from "@symbreak/analysis";
import {
  BUDGET_HEADER,
  budgetRows,
  CORRECTED_HEADER,
  compareFinding,
  compareProtocolLines,
  correctedRows,
  GAINS_HEADER,
  gainRows,
  PAPER_HEADER,
  paperRows,
  QUALITY_HEADER,
  qualityRows,
  qualitySets,
} from "@symbreak/figures";
import { textTable } from "../terminal/table.ts";

/** The result for the terminal; the last line says what was found. */
export function compareText(result: CompareResult): string {
  const { protocol, warnings, gains, paper, unseen, gaussian, fullChain } = result;
  const metric = gains[0]?.late.quality.frechet.name ?? "FD";
  const notes = Object.entries(compareProtocolLines(protocol)).map(
    ([key, value]) => `${key}: ${value}`,
  );
  const references = [unseen, gaussian].filter((row) => row !== null).length;
  const few = qualitySets(result).slice(0, references + fullChain.length);
  return [
    `${notes.join("\n")}\n`,
    ...warnings.map((warning) => `warning: ${warning}\n`),
    `${metric}, with 95 % intervals, by the index where a run starts:\n`,
    textTable(GAINS_HEADER, gainRows(result), [0]),
    textTable(CORRECTED_HEADER, correctedRows(result), [0]),
    ...(paper.length > 0 ? [textTable(PAPER_HEADER, paperRows(result), [0])] : []),
    textTable(BUDGET_HEADER, budgetRows(result), [1, 2]),
    ...(few.length > 0 ? [textTable(QUALITY_HEADER, qualityRows(few), [0])] : []),
    compareFinding(result),
    "",
  ].join("\n");
}
