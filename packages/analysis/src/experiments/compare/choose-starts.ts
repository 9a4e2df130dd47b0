import { type Data, inUnits, type NoiseLevel, noiseToSignal, takeSamples } from "@symbreak/core";
import {
  type AffineScore,
  affineScoreTest,
  chooseStart,
  defaultCandidates,
} from "@symbreak/samplers";
import type { Cell } from "../../late-start/cell.ts";
import { truncatedMoments } from "../../moments/truncated-moments.ts";
import type { ExperimentOptions, Work } from "../experiment.ts";
import { pick } from "../pick.ts";
import type { SolverRun } from "./plan.ts";
import type { CompareSetting } from "./setting.ts";
import { type StartsToTry, startsToTry } from "./starts-to-try.ts";

/** Where one solver should start with so many steps: as `chooseStart` predicts it, or as trials found. */
export interface AutoStart extends Cell {
  /** The best Gaussian late start, whether or not it beats noise. */
  readonly lateTimestep: number;
  readonly reason: string;
  /** Those worth a few samples. */
  readonly tries: StartsToTry;
}

/** Clean samples that the network is tested on. */
export const TESTED = 64;

/** The affine-score test of a network at every candidate start and at the tops of its runs, once for all runs. */
export async function testScore(
  { network, own, moments, data }: CompareSetting,
  runs: readonly SolverRun[],
  { signal }: Pick<ExperimentOptions, "signal"> = {},
): Promise<AffineScore[]> {
  const { process, denoiser } = network;
  const tops = runs.map(({ steps }) => own.levels(process, steps)[0]!);
  const levels = distinctLevels([...defaultCandidates(process, own), ...tops]);
  return affineScoreTest({
    denoiser,
    moments: truncatedMoments(moments),
    data: testSamples(data),
    levels,
    signal,
  });
}

/** The start of each solver at each number of steps, from the spectrum and the tests. */
export async function chooseStarts(
  { network, own, moments: all, data, solvers, table }: CompareSetting,
  runs: readonly SolverRun[],
  tests: readonly AffineScore[],
  work?: Work,
): Promise<AutoStart[]> {
  const moments = truncatedMoments(all);
  const found: AutoStart[] = [];
  for (const { solver, steps } of runs) {
    const { chosen, late, reason, estimates } = await chooseStart({
      ...{ network, grid: own, steps, moments, tests },
      data: testSamples(data),
      solver: solvers.get(solver)!,
      ...(table && { table }),
    });
    const usual = own.levels(network.process, steps)[0]!.timestep;
    found.push({
      ...{ solver, steps, start: chosen.start, timestep: chosen.at.timestep, reason },
      lateTimestep: late.at.timestep,
      tries: startsToTry({ estimates, late }, usual),
    });
    work?.did(0);
  }
  return found;
}

function testSamples(data: Data): Float32Array {
  return inUnits(takeSamples(data, pick(data.count, TESTED)));
}

/** Noisiest first, each time once, those with signal. */
function distinctLevels(levels: readonly NoiseLevel[]): NoiseLevel[] {
  const each = new Map(levels.map((level) => [level.timestep, level]));
  return [...each.values()]
    .filter(({ alpha }) => alpha > 0)
    .sort((a, b) => noiseToSignal(b) - noiseToSignal(a));
}
