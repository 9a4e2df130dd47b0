import type { ChosenStart } from "@symbreak/samplers";
import type { Cell } from "../../late-start/cell.ts";

/** Where a run may start. */
export type RunStart = Pick<Cell, "start" | "timestep">;

/** Which starts a few samples are to decide between. */
export interface StartsToTry {
  /** First these: from one to the next the distance changes little. */
  readonly coarse: readonly RunStart[];
  /** Timesteps of all late starts that were predicted, noisiest first: then the neighbours of the nearest. */
  readonly late: readonly number[];
}

/** How many candidates apart those lie that are tried first. */
const STRIDE = 2;

/** Starts predicted to be this many times worse than the best are not worth a sample. */
const HOPELESS = 8;

/**
 * The starts that a few samples should decide between. First the one that is predicted best, every other candidate up and
 * down from it that is not hopeless, the noisiest, and noise from the usual place.
 *
 * A prediction is in pixels, of Gaussian data: it ranks the starts of DDPM and DDIM well, but an error that a classifier
 * hardly sees counts as much there as one that makes another digit.
 */
export function startsToTry(
  chosen: Pick<ChosenStart, "estimates" | "late">,
  usual: number,
): StartsToTry {
  const late = chosen.estimates.filter(({ start }) => start === "late");
  const best = late.indexOf(chosen.late);
  const bound = HOPELESS * chosen.late.total;
  const tried = late.filter(({ total }, k) => {
    return k === 0 || ((k - best) % STRIDE === 0 && total <= bound);
  });
  return {
    coarse: [
      { start: "noise", timestep: usual },
      ...tried.map(({ at }) => ({ start: "late" as const, timestep: at.timestep })),
    ],
    late: late.map(({ at }) => at.timestep),
  };
}

/** The two late starts beside one, where there are two. */
export function neighbours({ late }: StartsToTry, timestep: number): RunStart[] {
  const k = late.indexOf(timestep);
  return [late[k - 1], late[k + 1]]
    .filter((beside) => beside !== undefined)
    .map((beside) => ({ start: "late", timestep: beside }));
}
