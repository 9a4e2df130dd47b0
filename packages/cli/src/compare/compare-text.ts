import { textTable } from "../terminal/table.ts";
import { compareFinding } from "./compare-finding.ts";
import type { CompareResult } from "./compare-result.ts";
import {
  BUDGET_HEADER,
  budgetRows,
  GAINS_HEADER,
  gainRows,
  PAPER_HEADER,
  paperRows,
  QUALITY_HEADER,
  qualityRows,
  qualitySets,
} from "./compare-rows.ts";

/** The result for the terminal; the last line says what was found. */
export function compareText(result: CompareResult): string {
  const { protocol, gains, budgets, paper, unseen, fullChain } = result;
  const metric = gains[0]?.late.quality.frechet.name ?? "FD";
  const notes = Object.entries(protocol).map(([key, value]) => `${key}: ${value}`);
  const few = qualitySets(result).slice(0, (unseen ? 1 : 0) + fullChain.length);
  return [
    `${notes.join("\n")}\n`,
    `${metric}, with 95 % intervals, by the index where a run starts:\n`,
    textTable(GAINS_HEADER, gainRows(gains), [0]),
    ...(paper.length > 0 ? [textTable(PAPER_HEADER, paperRows(paper), [0])] : []),
    textTable(BUDGET_HEADER, budgetRows(budgets), [1, 2]),
    ...(few.length > 0 ? [textTable(QUALITY_HEADER, qualityRows(few), [0])] : []),
    compareFinding(result),
    "",
  ].join("\n");
}
