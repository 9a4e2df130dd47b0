import type { CompareResult, Discrimination } from "@symbreak/analysis";
import type { Picture } from "../../image-grid.ts";
import { folded, numbers, pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import {
  BUDGET_HEADER,
  budgetRows,
  CORRECTED_HEADER,
  correctedRows,
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

/** The same seeds from two starts. */
export interface StartPictures {
  readonly name: string;
  readonly steps: number;
  readonly usual: Picture;
  readonly late: Picture;
  readonly from: { readonly usual: number; readonly late: number };
}

/** The sections of a comparison: the table, the scan, the samples, all measures. */
export function compareSections(
  result: CompareResult,
  grids: readonly StartPictures[],
  document: unknown,
): Section[] {
  return [
    tableSection(result),
    curvesSection(result, document),
    ...(grids.length > 0 ? [picturesSection(grids)] : []),
    qualitySection(result),
  ];
}

function tableSection(result: CompareResult): Section {
  const { gains, paper, autos, discrimination } = result;
  const metric = gains[0]?.late.quality.frechet.name ?? "FD";
  return {
    title: "What late start buys",
    text: [
      "Each row is one solver with one number of steps, all at the same network calls. “Usual noise” starts at the top of the network's own grid; “tuned noise” is N(0, I) from the level and on the grid (the network's own, leading, trailing, Karras', by information) that a scan liked best, so that what the grid brings is not counted for the Gaussian; “best late start” is the Gaussian, tuned likewise; “teleport” is noise at the top that the flow of this Gaussian carries to the late start's level (arXiv 2412.09726), which is nearly the same; “auto” is predicted from the spectrum and the network, and where the protocol says so decided by a few samples from the starts around it. The scan chose on other samples than the table shows. A ratio above 1 says that the late start is nearer to the data.",
      ...(discrimination === null ? [] : [meaningOf(discrimination)]),
    ],
    content: [
      numbers(`${metric} with 95 % intervals, by starting index`, GAINS_HEADER, gainRows(result)),
      numbers(
        discrimination === null
          ? `${metric} less each value's own estimate of its bias`
          : `${metric} less that of as many real samples, ${discrimination.floor.mean.toPrecision(3)}`,
        CORRECTED_HEADER,
        correctedRows(result),
      ),
      ...(paper.length > 0
        ? [numbers("The paper's columns, with more samples", PAPER_HEADER, paperRows(result))]
        : []),
      numbers(
        "The best that so many network calls a sample buy",
        BUDGET_HEADER,
        budgetRows(result),
        [1, 2],
      ),
      folded(
        "Why auto starts where it does",
        autos.map(
          ({ solver, steps, reason }) => `${labelOf(result, solver)}, ${steps} steps: ${reason}`,
        ),
      ),
    ],
  };
}

/** What a distance of this table means: the two ends of its scale. */
function meaningOf({ measure, count, floor, gaussian, ratio, sees }: Discrimination): string {
  const short = (value: number) => Number(value.toPrecision(3));
  const ends = `Of ${count} samples, real ones are at ${measure} ${short(floor.mean)} ± ${short(floor.standardDeviation)} (${floor.sets} disjoint sets), draws of the Gaussian with their mean and covariance at ${short(gaussian)}`;
  const times = ratio === null ? "" : `, ${short(ratio)} times as far`;
  return `${ends}${times}. ${sees ? "The measure sees what the Gaussian lacks." : "The measure hardly sees what the Gaussian lacks, and cannot judge starts."}`;
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

function qualitySection(result: CompareResult): Section {
  return {
    title: "All measures",
    text: [
      "Precision and density ask whether samples look real, recall and coverage whether all kinds of images come. “Unsure” is the share of images for which the classifier's best class is below 0.9. The bias is what the distance of so many samples lies above that of infinitely many.",
    ],
    content: [numbers("Every set of images", QUALITY_HEADER, qualityRows(qualitySets(result)))],
  };
}
