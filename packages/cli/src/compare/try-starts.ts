import type { MeasuredCell } from "@symbreak/analysis";
import type { AutoStart } from "./choose-starts.ts";
import type { Measure } from "./measurer.ts";

/** Decides by a few samples what {@link AutoStart} predicts: the nearest to the data of the starts worth trying. */
export async function tryStarts(
  autos: readonly AutoStart[],
  measure: Measure,
  draw: { readonly count: number; readonly first: number },
): Promise<AutoStart[]> {
  const decided: AutoStart[] = [];
  for (const auto of autos) {
    const { solver, steps, tries } = auto;
    const cells = tries.map((start) => ({ solver, steps, ...start }));
    const found = await measure("trial", cells, { ...draw, thorough: false });
    const { start, timestep } = nearest(found);
    const lateTimestep = nearest(found.filter((cell) => cell.start === "late")).timestep;
    const reason = `Of ${tries.length} starts with ${draw.count} samples each, ${start === "late" ? "the Gaussian" : "noise"} from ${timestep} came nearest to the data. Predicted without samples: ${auto.reason}`;
    decided.push({ ...auto, start, timestep, lateTimestep, reason });
  }
  return decided;
}

function nearest(cells: readonly MeasuredCell[]): MeasuredCell {
  return cells.reduce((a, b) => (b.quality.frechet.value < a.quality.frechet.value ? b : a));
}
