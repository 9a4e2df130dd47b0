/**
 * Writes what finished comparisons measured as pages with all their tables, and their curves:
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/results.ts runs/compare-mnist … --out docs/results
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { CompareResult } from "@symbreak/analysis";
import {
  BUDGET_HEADER,
  budgetRows,
  CORRECTED_HEADER,
  compareProtocolLines,
  correctedRows,
  GAINS_HEADER,
  gainRows,
  lateStartCurve,
  PAPER_HEADER,
  paperRows,
  QUALITY_HEADER,
  qualityRows,
  qualitySets,
  startCurves,
} from "@symbreak/figures";
import { JSDOM } from "jsdom";
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
  const result: CompareResult & { readonly command?: string } = JSON.parse(text);
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

function page(
  name: string,
  result: CompareResult & { readonly command?: string },
  figures: readonly string[],
): string {
  const { protocol, command, warnings, gains, paper, autos } = result;
  const metric = gains[0]?.late.quality.frechet.name ?? "FD";
  const terms = Object.entries(compareProtocolLines(protocol)).map(
    ([key, value]) => `- ${key}: ${value}`,
  );
  return `${[
    `# ${name}`,
    `All that \`ssb compare\` measured; [results.md](../results.md) says what of it matters. ${metric} with 95 % intervals, by the index where a run starts.`,
    // A result knows its protocol, and the command that made it only where somebody wrote that in.
    ...(command === undefined ? [] : [`\`\`\`sh\n${command.replace(/ --out \S+/, "")}\n\`\`\``]),
    terms.join("\n"),
    ...warnings,
    "## Starts",
    markdown(GAINS_HEADER, gainRows(result)),
    "## Without bias",
    markdown(CORRECTED_HEADER, correctedRows(result)),
    ...(paper.length > 0
      ? ["## The paper's columns", markdown(PAPER_HEADER, paperRows(result))]
      : []),
    "## Where to start",
    "By the scan's samples, which are fewer: values lie above those of the tables.",
    ...figures,
    "## Per network call",
    markdown(BUDGET_HEADER, budgetRows(result)),
    "## Where auto starts, and why",
    autos
      .map(
        ({ solver, steps, reason }) =>
          `- ${protocol.solvers[solver]?.title ?? solver}, ${steps} steps: ${reason}`,
      )
      .join("\n"),
    "## Every measure",
    markdown(QUALITY_HEADER, qualityRows(qualitySets(result))),
  ].join("\n\n")}\n`;
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
