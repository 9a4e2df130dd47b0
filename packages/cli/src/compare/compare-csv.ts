import type { MeasuredCell, SampleQuality } from "@symbreak/analysis";
import type { CompareResult } from "./compare-result.ts";

const MEASURES: Readonly<Record<string, (quality: SampleQuality) => number | null | undefined>> = {
  fd: ({ frechet }) => frechet.value,
  fd_low: ({ frechet }) => frechet.low,
  fd_high: ({ frechet }) => frechet.high,
  fd_bias: ({ frechet }) => frechet.bias,
  kid: ({ kernel }) => kernel?.value,
  precision: ({ manifold }) => manifold?.precision,
  recall: ({ manifold }) => manifold?.recall,
  density: ({ manifold }) => manifold?.density,
  coverage: ({ manifold }) => manifold?.coverage,
  class_entropy_bits: ({ classes }) => classes?.entropy,
  class_kl_bits: ({ classes }) => classes?.kl,
  class_js_bits: ({ classes }) => classes?.js,
  unsure: ({ unsure }) => unsure,
};

/** Every measured cell as a line: the table's, the full chain's and the scan's, and the unseen images. */
export function compareCsv({
  table,
  paper,
  fullChain,
  scan,
  unseen,
}: Pick<CompareResult, "table" | "paper" | "fullChain" | "scan" | "unseen">): string {
  const header = "part,solver,steps,nfe,start,timestep,samples".split(",");
  const measures = (quality: SampleQuality) =>
    Object.values(MEASURES).map((of) => of(quality) ?? "");
  const lines = (part: string, cells: readonly MeasuredCell[]) =>
    cells.map(({ solver, steps, nfe, start, timestep, count, quality }) =>
      [part, solver, steps, nfe, start, timestep, count, ...measures(quality)].join(","),
    );
  const real = unseen
    ? [["unseen", "", "", "", "", "", unseen.count, ...measures(unseen)].join(",")]
    : [];
  return `${[
    [...header, ...Object.keys(MEASURES)].join(","),
    ...real,
    ...lines("table", table),
    ...lines("paper", paper),
    ...lines("full", fullChain),
    ...lines("scan", scan),
  ].join("\n")}\n`;
}
