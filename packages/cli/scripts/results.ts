/**
 * Prints the tables of docs/results.md from finished comparisons, and writes their curves:
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/results.ts runs/compare-mnist … [--figures docs/results]
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { lateStartCurve } from "@symbreak/figures";
import { JSDOM } from "jsdom";
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
import { startCurves } from "../src/compare/curves-section.ts";
import { onWhite } from "./on-white.ts";

const { values: given, positionals: directories } = parseArgs({
  allowPositionals: true,
  options: { figures: { type: "string" } },
});
const { document } = new JSDOM("").window;

for (const directory of directories) {
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
  if (given.figures === undefined) continue;
  mkdirSync(given.figures, { recursive: true });
  for (const curve of startCurves(result)) {
    const name = `${basename(directory)}-${curve.sampler.toLowerCase().split(" ")[0]}.svg`;
    writeFileSync(join(given.figures, name), onWhite(lateStartCurve(curve, { document })));
  }
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
