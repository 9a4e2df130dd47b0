import { type MeasuredCell, nearestCell } from "@symbreak/analysis";
import type { AutoStart } from "./choose-starts.ts";
import type { Measure } from "./measurer.ts";
import { neighbours, type RunStart } from "./starts-to-try.ts";

/** Decides by a few samples what {@link AutoStart} predicts: the nearest to the data of the starts worth trying. */
export async function tryStarts(
  autos: readonly AutoStart[],
  measure: Measure,
  draw: { readonly count: number; readonly first: number },
): Promise<AutoStart[]> {
  const decided: AutoStart[] = [];
  for (const auto of autos) {
    const { solver, steps, tries } = auto;
    const tried = (starts: readonly RunStart[]) => {
      const cells = starts.map((start) => ({ solver, steps, ...start }));
      return measure("trial", cells, { ...draw, thorough: false });
    };
    const coarse = await tried(tries.coarse);
    const fine = await tried(neighbours(tries, nearestCell(coarse.filter(isLate))!.timestep));
    const found = [...coarse, ...fine];
    const { start, timestep } = nearestCell(found)!;
    const kind = start === "late" ? "the Gaussian" : "noise";
    decided.push({
      ...auto,
      start,
      timestep,
      lateTimestep: nearestCell(found.filter(isLate))!.timestep,
      reason: `Of ${found.length} starts with ${draw.count} samples each, ${kind} from ${timestep} came nearest to the data. Predicted without samples: ${auto.reason}`,
    });
  }
  return decided;
}

function isLate({ start }: MeasuredCell): boolean {
  return start === "late";
}
