import { verdict } from "@symbreak/figures";
import { NAMES } from "./compare-starts.ts";
import type { DemoResult } from "./run-demo.ts";

/** What was found, in two sentences: only what the intervals bear. */
export function demoFinding({
  analysis,
  excessEntropy,
  lateStart,
  memorisation,
}: Omit<DemoResult, "finding" | "starts" | "protocol">): string {
  const { speciation } = analysis;
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
  const { collapse } = excessEntropy;
  const exact = collapse
    ? ` An exact score of ${excessEntropy.count} images would copy them, from OU time ${collapse.ouTime.toFixed(3)} on.`
    : "";
  return (
    `MNIST decides at t_S = ${speciation.ouTime?.toFixed(3) ?? "never"} (DDPM index ${speciation.ddpmIndex}); at equal network calls ${parts.join(", ")}. ` +
    `Of the network's samples ${percent(memorisation.memorised.value)} are copies of training images.${exact}`
  );
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
