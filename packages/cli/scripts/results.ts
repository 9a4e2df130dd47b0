/**
 * Writes what finished comparisons measured as pages with all their tables, and their curves:
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/results.ts runs/compare-mnist … --out docs/results
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
  options: { out: { type: "string", default: "docs/results" } },
});
const { document } = new JSDOM("").window;
mkdirSync(given.out, { recursive: true });

for (const directory of directories) {
  const name = basename(directory);
  const text = readFileSync(join(directory, "result.json"), "utf8");
  const result: CompareResult = JSON.parse(text);
  const curves = startCurves(result).map((curve) => {
    const solver = curve.sampler.toLowerCase().match(/^[\w-]+/)![0];
    return { ...curve, file: `${name}-${solver}.svg` };
  });
  for (const { file, ...curve } of curves)
    writeFileSync(join(given.out, file), onWhite(lateStartCurve(curve, { document })));
  const figures = curves.map(({ sampler, file }) => {
    return `![Distance against the start for ${sampler}](${file})`;
  });
  writeFileSync(join(given.out, `${name}.md`), page(name, result, figures));
}

function page(name: string, result: CompareResult, figures: readonly string[]): string {
  const { protocol, command, gains, paper, budgets, autos } = result;
  const metric = gains[0]?.late.quality.frechet.name ?? "FD";
  const terms = Object.entries(protocol).map(([key, value]) => `- ${key}: ${value}`);
  return `${[
    `# ${name}`,
    `All that \`ssb compare\` measured; [results.md](../results.md) says what of it matters. ${metric} with 95 % intervals, by the index where a run starts.`,
    `\`\`\`sh\n${command.replace(/ --out \S+/, "")}\n\`\`\``,
    terms.join("\n"),
    "## Starts",
    markdown(GAINS_HEADER, gainRows(gains)),
    ...(paper.length > 0
      ? ["## The paper's columns", markdown(PAPER_HEADER, paperRows(paper))]
      : []),
    "## Where to start",
    "By the scan's samples, which are fewer: values lie above those of the tables.",
    ...figures,
    "## Per network call",
    markdown(BUDGET_HEADER, budgetRows(budgets)),
    "## Where auto starts, and why",
    autos.map(({ solver, steps, reason }) => `- ${solver}, ${steps} steps: ${reason}`).join("\n"),
    "## Every measure",
    markdown(QUALITY_HEADER, qualityRows(qualitySets(result))),
  ].join("\n\n")}\n`;
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
