import type { CompareResult, MeasuredCell } from "@symbreak/analysis";
import { type LateStartCurveData, lateStartCurve } from "../../late-start-curve.ts";
import { captioned, numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { labelOf, type Named, startOf } from "./compare-rows.ts";
import { measured } from "./measured.ts";

/** A scan on the network's own grid as a figure for each solver. */
export function startCurves(
  result: Named & Pick<CompareResult, "scan" | "gains" | "speciation">,
): LateStartCurveData[] {
  const { gains, speciation } = result;
  const scan = result.scan.filter(({ grid }) => grid === undefined);
  const solvers = [...new Set(gains.map(({ solver }) => solver))];
  const point = ({ ouTime, quality }: MeasuredCell) => {
    return { time: ouTime, ...measured(quality.frechet) };
  };
  return solvers.map((solver) => {
    const own = gains.filter((gain) => gain.solver === solver);
    return {
      metric: own[0]!.late.quality.frechet.name,
      sampler: labelOf(result, solver),
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
}

/** The scan: the distance against the start for each solver, and where the noise curves bend most. */
export function curvesSection(result: CompareResult, document: unknown): Section {
  const { scan, bends } = result;
  const curves = startCurves(result);
  const bent = bends.map(({ solver, steps, timestep }) => [
    labelOf(result, solver),
    String(steps),
    timestep === null ? "–" : String(timestep),
  ]);
  const rows = scan.map((cell) => [
    `${labelOf(result, cell.solver)}, ${cell.steps} steps`,
    cell.start,
    startOf(cell),
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
          (width) => lateStartCurve(curve, { document, width }),
          `${curve.sampler}: Gaussian late starts (solid), N(0, I) at the same levels (dashed), N(0, I) at the usual one (circle). Few samples a point: values lie above those of the table.`,
        ),
      ),
      numbers("Where the noise curve bends most", ["solver", "steps", "index"], bent),
      numbers("The scan", ["run", "start", "index", "distance", "95 % low", "high"], rows),
    ],
  };
}
