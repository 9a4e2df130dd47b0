import {
  type CloneAgreements,
  type CloningCurve,
  cloneAgreements,
  cloningCurve,
  type UTurn,
  uTurn,
} from "@symbreak/analysis";
import { levelList, philoxNoise, type Samples } from "@symbreak/core";
import { exactDenoiser, noisedStart } from "@symbreak/samplers";
import { breathing } from "./breathing.ts";
import { CHAIN, ouTimeOf } from "./chain.ts";
import type { LineLaw } from "./line-law.ts";
import { chainRun, record, WALK_LEVELS, type Walk } from "./walks.ts";

/** The run of all experiments here: the reverse SDE on the levels of the drawn walks. */
function runOf(law: LineLaw, seed: number) {
  return { ...chainRun(exactDenoiser(law.distribution), 1), seed };
}

/** The class in which samples have ended, for the package's experiments. */
function judgeOf(law: LineLaw) {
  return { classify: (x: Samples) => ({ labels: law.outcome(x) }) };
}

/** Fifty futures of one particle. */
export interface Fan {
  /** Number of the particle. */
  readonly particle: number;
  /** Every clone at every level from where they part. */
  readonly walk: Walk;
  /** Class in which each ends. */
  readonly classes: Int32Array;
}

export const CLONES = 50;

/**
 * Clones particle number `particle` of a walk at the level nearest below a timestep, and keeps every clone's way. A clone's
 * noise belongs to its own number, past all particles'.
 */
export async function fanOut(
  law: LineLaw,
  walk: Walk,
  seed: number,
  particle: number,
  timestep: number,
): Promise<Fan> {
  const { size } = law.distribution;
  const step = stepAt(timestep);
  const state = walk.states[step]!.slice(particle * size, (particle + 1) * size);
  const way = await record({
    ...runOf(law, seed),
    grid: levelList(WALK_LEVELS.slice(step)),
    start: {
      name: "clones",
      at: undefined,
      begin: () => (count) =>
        Float64Array.from({ length: count * size }, (_, i) => state[i % size]!),
    },
    first: 2 ** 16 + CLONES * particle,
    count: CLONES,
  });
  return { particle, walk: way, classes: law.outcome(way.states.at(-1)!) };
}

/** The first noisy level of the walks that is not above a timestep. */
function stepAt(timestep: number): number {
  const found = WALK_LEVELS.slice(0, -1).findIndex((level) => level.timestep <= timestep);
  return found === -1 ? WALK_LEVELS.length - 2 : found;
}

/** Timesteps at which the curve is measured. */
const TIMESTEPS = [850, 750, 650, 550, 475, 400, 340, 280, 220, 160, 100, 50];

/** Trajectories of the whole measurement, and how many are run before the page is told. */
const [TRAJECTORIES, AT_ONCE] = [500, 50];

/**
 * Measures phi(t): two clones of each trajectory at each time. `onCurve` sees the curve grow; trajectories are numbered, so
 * that parts are the same as all at once.
 */
export async function measureCloning(
  law: LineLaw,
  seed: number,
  onCurve: (curve: CloningCurve, trajectories: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const rest = breathing();
  let all: CloneAgreements | undefined;
  for (let first = 0; first < TRAJECTORIES; first += AT_ONCE) {
    const part = await cloneAgreements({
      ...runOf(law, seed),
      ...judgeOf(law),
      ouTimes: TIMESTEPS.map(ouTimeOf),
      first,
      count: AT_ONCE,
      signal,
    });
    const agreements = part.agreements.map((at, k) => [...(all?.agreements[k] ?? []), ...at]);
    all = { ...part, agreements };
    signal.throwIfAborted();
    onCurve(cloningCurve(all.times, all.agreements, { schedule: CHAIN }), first + AT_ONCE);
    await rest();
  }
}

/** A U-turn of some data: up to a timestep by noise, and back by the reverse SDE. */
export interface Turn {
  /** The same noise at every level on the way up, from data to the turn. */
  readonly up: Walk;
  readonly down: Walk;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Sends data points up to the level of the drawn walks nearest to a timestep, and back. */
export async function turnAround(
  law: LineLaw,
  seed: number,
  count: number,
  timestep: number,
): Promise<Turn> {
  const data = law.distribution.sample(count, philoxNoise(seed + 1));
  const { size } = law.distribution;
  const levels = WALK_LEVELS.slice(stepAt(timestep));
  const start = noisedStart(data, levels[0]!);
  const noised = levels.map((level) => start.begin(level, size)(count, philoxNoise(seed), 0));
  const down = await record({ ...runOf(law, seed), grid: levelList(levels), start, count });
  return {
    up: { levels: [...levels].reverse(), states: [...noised].reverse(), nfe: 0 },
    down,
    from: law.outcome(data),
    to: law.outcome(down.states.at(-1)!),
  };
}

/** The share of 300 data points that come back in their class, from each time. */
export async function measureTurns(law: LineLaw, seed: number): Promise<UTurn> {
  const data = law.distribution.sample(300, philoxNoise(seed + 1));
  return uTurn({
    ...runOf(law, seed),
    ...judgeOf(law),
    data,
    ouTimes: TIMESTEPS.map(ouTimeOf),
    chain: CHAIN,
  });
}

export type { CloningCurve, UTurn };
