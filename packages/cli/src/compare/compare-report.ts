import { folded, numbers, pictures, type Report, type Section } from "../report/report.ts";
import { compareFinding } from "./compare-finding.ts";
import type { CompareResult, ComparisonResult } from "./compare-result.ts";
import {
  BUDGET_HEADER,
  budgetRows,
  GAINS_HEADER,
  gainRows,
  labelOf,
  PAPER_HEADER,
  paperRows,
  QUALITY_HEADER,
  qualityRows,
  qualitySets,
} from "./compare-rows.ts";
import { curvesSection } from "./curves-section.ts";
import type { StartPictures } from "./start-pictures.ts";

/** The report of `ssb compare`. */
export function compareReport(
  result: CompareResult,
  grids: readonly StartPictures[],
  document: unknown,
): Report {
  const { protocol, command } = result;
  return {
    title: "Noise or late: where a run should start, and what that buys",
    finding: compareFinding(result),
    sections: lateStartSections(result, grids, document),
    protocol,
    command,
  };
}

/** The comparison as sections, for reports that tell more. */
export function lateStartSections(
  result: ComparisonResult,
  grids: readonly StartPictures[],
  document: unknown,
): Section[] {
  return [
    tableSection(result),
    curvesSection(result, document),
    picturesSection(grids),
    qualitySection(result),
  ];
}

function tableSection({ gains, paper, budgets, autos }: ComparisonResult): Section {
  const metric = gains[0]?.late.quality.frechet.name ?? "FD";
  return {
    title: "What late start buys",
    text: [
      "Each row is one solver with one number of steps, all at the same network calls. “Usual noise” starts where everybody starts; “tuned noise” starts N(0, I) at the level that a scan liked best, so that what the grid alone brings is not counted for the Gaussian; “best late start” is the Gaussian at the best level of the paper's grid; “auto” is predicted from the spectrum and the network, and where the protocol says so decided by a few samples from the starts around it. The scan chose on other samples than the table shows. A ratio above 1 says that the late start is nearer to the data.",
    ],
    content: [
      numbers(`${metric} with 95 % intervals, by starting index`, GAINS_HEADER, gainRows(gains)),
      ...(paper.length > 0
        ? [numbers("The paper's columns, with more samples", PAPER_HEADER, paperRows(paper))]
        : []),
      numbers(
        "The best that so many network calls a sample buy",
        BUDGET_HEADER,
        budgetRows(budgets),
      ),
      folded(
        "Why auto starts where it does",
        autos.map(({ solver, steps, reason }) => `${labelOf(solver)}, ${steps} steps: ${reason}`),
      ),
    ],
  };
}

function picturesSection(grids: readonly StartPictures[]): Section {
  return {
    title: "The samples",
    text: ["The same seeds from both starts, at equal network calls."],
    content: grids.map(({ name, steps, usual, late, from }) =>
      pictures(
        [
          {
            name: `noise from ${from.usual}`,
            alt: `images by ${name} in ${steps} steps from noise`,
            picture: usual,
          },
          {
            name: `late start from ${from.late}`,
            alt: `images by ${name} in ${steps} steps from the Gaussian late start`,
            picture: late,
          },
        ],
        `${name}, ${steps} steps.`,
      ),
    ),
  };
}

function qualitySection(result: ComparisonResult): Section {
  return {
    title: "All measures",
    text: [
      "Precision and density ask whether samples look real, recall and coverage whether all kinds of images come. “Unsure” is the share of images for which the classifier's best class is below 0.9. The bias is what the distance of so many samples lies above that of infinitely many.",
    ],
    content: [numbers("Every set of images", QUALITY_HEADER, qualityRows(qualitySets(result)))],
  };
}
