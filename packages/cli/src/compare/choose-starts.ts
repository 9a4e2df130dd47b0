import { type Cell, usualStart } from "@symbreak/analysis";
import { inUnits, levelRule, takeSamples } from "@symbreak/core";
import { affineScoreTest, chooseStart } from "@symbreak/samplers";
import { truncatedMoments } from "../analyze/truncated-moments.ts";
import { pick } from "../pick.ts";
import { levelAtTimestep } from "../sample/level-at-timestep.ts";
import { COMPARED, type ComparedName } from "./compared-solvers.ts";
import type { Setting } from "./setting.ts";
import { type StartsToTry, startsToTry } from "./starts-to-try.ts";

/** Where one solver should start with so many steps: as `chooseStart` predicts it, or as `tryStarts` found. */
export interface AutoStart extends Cell {
  /** The best Gaussian late start, whether or not it beats noise. */
  readonly lateTimestep: number;
  readonly reason: string;
  /** Those worth a few samples. */
  readonly tries: StartsToTry;
}

/** Clean images that the network is tested on. */
const TESTED = 64;

/** Candidates: every 50th level of a chain of 1000, and its top. */
const CANDIDATES = 20;

/** The start of each solver at each number of steps, from the spectrum and one batch at each candidate. */
export async function chooseStarts(
  { denoiser, levels, table, moments: all, set }: Setting,
  runs: readonly { readonly solver: ComparedName; readonly steps: number }[],
  onDone: (fraction: number) => void,
): Promise<AutoStart[]> {
  const data = inUnits(takeSamples(set, pick(set.count, TESTED)));
  const moments = truncatedMoments(all);
  const candidates = Array.from({ length: CANDIDATES }, (_, k) =>
    levelAtTimestep(table, Math.round(((k + 1) * table.length) / CANDIDATES)),
  );
  const tops = runs.map(({ steps }) => levels(steps)[0]!);
  // Levels are those of the table, so that equal ones have equal timesteps.
  const each = new Map([...candidates, ...tops].map((level) => [level.timestep, level]));
  const tests = await affineScoreTest({
    denoiser,
    moments,
    data,
    levels: [...each.values()].sort((a, b) => b.timestep - a.timestep),
  });
  const found: AutoStart[] = [];
  for (const { solver, steps } of runs) {
    const { chosen, late, reason, estimates } = await chooseStart({
      ...{ denoiser, steps, moments, data, candidates, tests, table },
      grid: levelRule(levels),
      solver: COMPARED[solver].solver,
    });
    found.push({
      solver,
      steps,
      start: chosen.start,
      timestep: chosen.at.timestep,
      lateTimestep: late.at.timestep,
      reason,
      tries: startsToTry({ estimates, late }, usualStart(steps, table.length)),
    });
    onDone(found.length / runs.length);
    await new Promise(setImmediate);
  }
  return found;
}
