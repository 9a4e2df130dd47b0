import type { CompareResult, MeasuredCell, SampleQuality } from "@symbreak/analysis";

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

/** Every measured cell as a line: the table's, the full chain's and the scan's, and the two reference rows. */
export function compareCsv({
  table,
  paper,
  fullChain,
  scan,
  unseen,
  gaussian,
}: Pick<CompareResult, "table" | "paper" | "fullChain" | "scan" | "unseen" | "gaussian">): string {
  const header = "part,solver,steps,nfe,start,timestep,grid,samples".split(",");
  const measures = (quality: SampleQuality) =>
    Object.values(MEASURES).map((of) => of(quality) ?? "");
  const lines = (part: string, cells: readonly MeasuredCell[]) =>
    cells.map(({ solver, steps, nfe, start, timestep, grid = "", count, quality }) =>
      [part, solver, steps, nfe, start, timestep, grid, count, ...measures(quality)].join(","),
    );
  const reference = (part: string, found: typeof unseen) =>
    found === null
      ? []
      : [[part, ...",,,,,".split(","), found.count, ...measures(found)].join(",")];
  return `${[
    [...header, ...Object.keys(MEASURES)].join(","),
    ...reference("unseen", unseen),
    ...reference("gaussian", gaussian),
    ...lines("table", table),
    ...lines("paper", paper),
    ...lines("full", fullChain),
    ...lines("scan", scan),
  ].join("\n")}\n`;
}
