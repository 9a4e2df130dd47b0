import type { MeasuredCell } from "@symbreak/analysis";
import { discreteSchedule, levelAt } from "@symbreak/core";
import { type LateStartCurveData, lateStartCurve } from "@symbreak/figures";
import {
  captioned,
  folded,
  numbers,
  pictures,
  type Report,
  type Section,
} from "../report/report.ts";
import { compareFinding } from "./compare-finding.ts";
import type { CompareResult } from "./compare-result.ts";
import {
  BUDGET_HEADER,
  budgetRows,
  GAINS_HEADER,
  gainRows,
  labelOf,
  QUALITY_HEADER,
  qualityRows,
  qualitySets,
} from "./compare-rows.ts";
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

/** A comparison, without who asked for it. */
type Measured = Omit<CompareResult, "protocol" | "command">;

/** The comparison as sections, for reports that tell more. */
export function lateStartSections(
  result: Measured,
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

function tableSection({ gains, budgets, autos }: Measured): Section {
  const metric = gains[0]?.late.quality.frechet.name ?? "FD";
  return {
    title: "What late start buys",
    text: [
      "Each row is one solver with one number of steps, all at the same network calls. “Usual noise” starts where everybody starts; “tuned noise” starts N(0, I) at the level that a scan liked best, so that what the grid alone brings is not counted for the Gaussian; “best late start” is the Gaussian at the best level of the paper's grid; “auto” is chosen without a sample drawn. The scan chose on other samples than the table shows. A ratio above 1 says that the late start is nearer to the data.",
    ],
    content: [
      numbers(`${metric} with 95 % intervals, by starting index`, GAINS_HEADER, gainRows(gains)),
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

function curvesSection(result: Measured, document: unknown): Section {
  const { scan, gains, bends, speciation } = result;
  const solvers = [...new Set(gains.map(({ solver }) => solver))];
  const time = ({ timestep }: MeasuredCell) =>
    -Math.log(levelAt(discreteSchedule(), timestep).alpha);
  const point = (cell: MeasuredCell) => {
    const { value, low, high } = cell.quality.frechet;
    return { time: time(cell), value, low: low ?? value, high: high ?? value };
  };
  const curves = solvers.map((solver): LateStartCurveData => {
    const own = gains.filter((gain) => gain.solver === solver);
    return {
      metric: own[0]!.late.quality.frechet.name,
      sampler: labelOf(solver),
      speciation: speciation.ouTime,
      series: own.map(({ steps, usual }) => {
        const cells = scan.filter((cell) => cell.solver === solver && cell.steps === steps);
        const noise = cells.filter(({ start }) => start === "noise");
        return {
          steps,
          late: cells.filter(({ start }) => start === "late").map(point),
          noise: point(noise.find(({ timestep }) => timestep === usual.timestep)!),
          tuned: noise.map(point),
        };
      }),
    };
  });
  const bent = bends.map(({ solver, steps, timestep }) => [
    labelOf(solver),
    String(steps),
    timestep === null ? "–" : String(timestep),
  ]);
  const rows = scan.map((cell) => [
    `${labelOf(cell.solver)}, ${cell.steps} steps`,
    cell.start,
    String(cell.timestep),
    ...[
      cell.quality.frechet.value,
      cell.quality.frechet.low ?? NaN,
      cell.quality.frechet.high ?? NaN,
    ].map((value) => value.toPrecision(4)),
  ]);
  return {
    title: "The distance against the start",
    text: [
      "From right to left in time a start leaves more to the solver's few steps and less to the Gaussian. Too early wastes steps on noise; too late a start is not Gaussian any more. The critical time of arXiv 2305.19693 is where the curve of starts from noise bends most.",
    ],
    content: [
      ...curves.map((curve) =>
        captioned(
          lateStartCurve(curve, { document }),
          `${curve.sampler}: Gaussian late starts (solid), N(0, I) at the same levels (dashed), N(0, I) at the usual one (circle). Few samples a point: values lie above those of the table.`,
        ),
      ),
      numbers("Where the noise curve bends most", ["solver", "steps", "index"], bent),
      numbers("The scan", ["run", "start", "index", "distance", "95 % low", "high"], rows),
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

function qualitySection(result: Measured): Section {
  return {
    title: "All measures",
    text: [
      "Precision and density ask whether samples look real, recall and coverage whether all kinds of images come. “Unsure” is the share of images for which the classifier's best class is below 0.9. The bias is what the distance of so many samples lies above that of infinitely many.",
    ],
    content: [numbers("Every set of images", QUALITY_HEADER, qualityRows(qualitySets(result)))],
  };
}
