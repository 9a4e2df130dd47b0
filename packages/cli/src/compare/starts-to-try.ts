import type { Cell } from "@symbreak/analysis";
import type { StartEstimate } from "@symbreak/samplers";

/** Where a run may start. */
export type RunStart = Pick<Cell, "start" | "timestep">;

/** Candidates lie this many apart among those tried: distances change little from one to the next. */
const STRIDE = 2;

/** Starts predicted to be this many times worse than the best are not worth a sample. */
const HOPELESS = 8;

/**
 * The starts that a few samples should decide between: the one that is predicted best, every other candidate up and down
 * from it that is not hopeless, the noisiest, and noise from the usual place.
 *
 * A prediction is in pixels, of Gaussian data: it ranks the starts of DDPM and DDIM well, but an error that a classifier
 * hardly sees counts as much there as one that makes another digit.
 */
export function startsToTry(estimates: readonly StartEstimate[], usual: number): RunStart[] {
  const late = estimates.filter(({ start }) => start === "gaussian");
  const best = late.reduce((least, { total }, k) => (total < late[least]!.total ? k : least), 0);
  const bound = HOPELESS * late[best]!.total;
  const tried = late.filter(({ total }, k) => {
    return k === 0 || ((k - best) % STRIDE === 0 && total <= bound);
  });
  return [
    { start: "noise", timestep: usual },
    ...tried.map(({ at }): RunStart => ({ start: "late", timestep: at.timestep })),
  ];
}
