import { type LateStartRow, verdict } from "@symbreak/figures";
import { NAMES } from "./compare-starts.ts";
import type { DemoResult } from "./run-demo.ts";

/** What was found, in two sentences: only what the intervals bear. */
export function demoFinding({
  analysis,
  excessEntropy,
  lateStart,
  memorisation,
}: Omit<DemoResult, "finding" | "starts" | "protocol">): string {
  const late = cells(lateStart.rows, "late start");
  const noise = cells(lateStart.rows, "noise start");
  const neither = cells(lateStart.rows, "neither");
  const parts = [
    late && `a Gaussian late start is nearer to the data than noise for ${late}`,
    noise && `noise is nearer to the data than a Gaussian late start for ${noise}`,
    neither &&
      (late || noise
        ? `no measurable difference for ${neither}`
        : "a Gaussian late start and noise are nowhere measurably apart"),
  ].filter(Boolean);
  const compared = `At equal network calls ${parts.join(", ")}.`;
  return [
    decisionFinding(analysis),
    compared,
    copiesFinding(memorisation),
    collapseFinding(excessEntropy),
  ].join(" ");
}

/** When the data decide. */
export function decisionFinding({ speciation, spectrum }: DemoResult["analysis"]): string {
  const { ouTime, ddpmIndex } = speciation;
  if (ouTime === null) return "MNIST decides never.";
  return `MNIST decides at t_S = ${ouTime.toFixed(3)} (DDPM index ${ddpmIndex}), half the logarithm of its largest variance, Λ = ${spectrum.lambda.toPrecision(4)}.`;
}

/** When the exact score of a few images would give them back. */
export function collapseFinding({ collapse, count }: DemoResult["excessEntropy"]): string {
  return collapse
    ? `An exact score of ${count} images would copy them, from OU time ${collapse.ouTime.toFixed(3)} on.`
    : `An exact score of ${count} images would copy them at no time that was looked at.`;
}

/** What one row of the table says. */
export function rowFinding(row: LateStartRow): string {
  const { sampler, steps, noise, late } = row;
  const [far, near] = [noise, late].map(({ value }) => value.toFixed(1));
  const which = { "late start": "the late start is nearer", "noise start": "noise is nearer" };
  const told = verdict(row);
  return `${sampler}, ${steps} steps: distance ${far} from noise, ${near} from the late start at ${late.start}; ${told === "neither" ? "no measurable difference" : which[told]}.`;
}

/** How many samples are copies. */
export function copiesFinding({ memorised }: DemoResult["memorisation"]): string {
  return `Of the network's samples ${percent(memorised.value)} are copies of training images.`;
}

/** The cells of the table with this verdict: "DDIM (n = 3) and DDPM (n = 3, 5)". */
function cells(rows: DemoResult["lateStart"]["rows"], which: ReturnType<typeof verdict>): string {
  return Object.values(NAMES)
    .map((sampler) => {
      const own = rows.filter((row) => row.sampler === sampler && verdict(row) === which);
      return own.length > 0 ? `${sampler} (n = ${own.map(({ steps }) => steps).join(", ")})` : "";
    })
    .filter(Boolean)
    .join(" and ");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
}
