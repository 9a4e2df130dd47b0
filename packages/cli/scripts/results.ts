/**
 * Prints the tables of docs/results.md from finished comparisons:
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/results.ts runs/compare-mnist …
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompareResult } from "../src/compare/compare-result.ts";
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
} from "../src/compare/compare-rows.ts";

for (const directory of process.argv.slice(2)) {
  const text = readFileSync(join(directory, "result.json"), "utf8");
  const result: CompareResult = JSON.parse(text);
  const { protocol, command, gains, paper, budgets } = result;
  const terms = Object.entries(protocol).map(([key, value]) => `- ${key}: ${value}`);
  process.stdout.write(
    [
      `\`${command}\`\n\n${terms.join("\n")}`,
      markdown(GAINS_HEADER, gainRows(gains)),
      ...(paper.length > 0 ? [markdown(PAPER_HEADER, paperRows(paper))] : []),
      markdown(BUDGET_HEADER, budgetRows(budgets)),
      markdown(QUALITY_HEADER, qualityRows(qualitySets(result))),
      "",
    ].join("\n\n"),
  );
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
