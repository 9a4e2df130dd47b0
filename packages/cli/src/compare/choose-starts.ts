import type { Cell } from "@symbreak/analysis";
import { applyScale, imageSize } from "@symbreak/datasets";
import { chooseStart } from "@symbreak/samplers";
import { pick, rows } from "../pick.ts";
import { COMPARED, type ComparedName } from "./compared-solvers.ts";
import type { Setting } from "./setting.ts";

/** What `chooseStart` says of one solver and number of steps, without a sample drawn. */
export interface AutoStart extends Cell {
  /** The best Gaussian late start, whether or not it beats noise. */
  readonly lateTimestep: number;
  readonly reason: string;
}

/** Clean images that the network is tested on. */
const TESTED = 64;

/** The start of each solver at each number of steps, from the spectrum and one batch at each of twenty levels. */
export async function chooseStarts(
  { denoiser, levels, table, moments, set, scale }: Setting,
  runs: readonly { readonly solver: ComparedName; readonly steps: number }[],
  onDone: (fraction: number) => void,
): Promise<AutoStart[]> {
  const tested = rows(set.images, imageSize(set), pick(set.count, TESTED));
  const data = applyScale(tested, set.shape, scale);
  const found: AutoStart[] = [];
  for (const { solver, steps } of runs) {
    const { start, at, reason, estimates } = await chooseStart({
      denoiser,
      solver: COMPARED[solver].solver,
      options: COMPARED[solver].options(table),
      levels,
      steps,
      moments,
      data,
    });
    const isNoise = start === "noise" || start.name === "noise";
    const late = estimates
      .filter((estimate) => estimate.start === "gaussian")
      .reduce((a, b) => (b.total < a.total ? b : a));
    found.push({
      solver,
      steps,
      start: isNoise ? "noise" : "late",
      timestep: at.timestep,
      lateTimestep: late.at.timestep,
      reason,
    });
    onDone(found.length / runs.length);
    await new Promise(setImmediate);
  }
  return found;
}
