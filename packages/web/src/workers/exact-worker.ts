import type { BifurcationDiagram, Landscape, Samples } from "@symbreak/core";
import { expose } from "comlink";
import {
  type CloningCurve,
  type Fan,
  fanOut,
  measureCloning,
  measureTurns,
  type Turn,
  turnAround,
  type UTurn,
} from "../physics/clones.ts";
import {
  automaticStart,
  type Column,
  column,
  distanceFloor,
  distances,
  type FewSteps,
} from "../physics/few-steps.ts";
import { branchesAlong } from "../physics/landscape.ts";
import { type LineLawSpec, lineLawOf } from "../physics/line-law.ts";
import { PLANE_LAWS, type PlaneLaw } from "../physics/plane-laws.ts";
import {
  copiesOf,
  type ExactDenoiser,
  exactGuesses,
  exactSamplesOf,
  leastLosses,
  type MadeOf,
  timesOf,
} from "../physics/points.ts";
import { type TwoWays, twoWays, type Walk } from "../physics/walks.ts";

/** What is being worked at, by the number that the page gave it. */
const tasks = new Map<number, AbortController>();

/** Work that the page may call off by its number, which comes first. */
function task<Given extends unknown[], Found>(
  work: (signal: AbortSignal, ...given: Given) => Promise<Found>,
): (number: number, ...given: Given) => Promise<Found> {
  return async (number, ...given) => {
    const abort = new AbortController();
    tasks.set(number, abort);
    try {
      return await work(abort.signal, ...given);
    } finally {
      tasks.delete(number);
    }
  };
}

/** What the worker of laws with an exact score does for the page: all that takes longer than a frame. */
const worker = {
  /** Calls work off. */
  stop(number: number): void {
    tasks.get(number)?.abort();
  },

  twoWays: task(
    (signal, asked: TwoWays): Promise<{ sde: Walk; flow: Walk }> => twoWays(asked, signal),
  ),

  branches: task(
    async (_, law: LineLawSpec, kind: Landscape): Promise<BifurcationDiagram> =>
      branchesAlong(lineLawOf(law), kind),
  ),

  fan: task(
    (
      _,
      law: LineLawSpec,
      walk: Walk,
      seed: number,
      particle: number,
      timestep: number,
    ): Promise<Fan> => fanOut(lineLawOf(law), walk, seed, particle, timestep),
  ),

  cloning: task(
    (
      signal,
      law: LineLawSpec,
      seed: number,
      onCurve: (curve: CloningCurve, trajectories: number) => void,
    ): Promise<void> => measureCloning(lineLawOf(law), seed, onCurve, signal),
  ),

  turn: task(
    (_, law: LineLawSpec, seed: number, count: number, timestep: number): Promise<Turn> =>
      turnAround(lineLawOf(law), seed, count, timestep),
  ),

  turns: task(
    (_, law: LineLawSpec, seed: number): Promise<UTurn> => measureTurns(lineLawOf(law), seed),
  ),

  column: task(
    (signal, law: PlaneLaw, settings: FewSteps, from: number | undefined): Promise<Column> =>
      column(PLANE_LAWS[law].law, settings, from, signal),
  ),

  distances: task(
    (
      signal,
      law: PlaneLaw,
      settings: FewSteps,
      onPoint: (point: { at: number; distance: number }) => void,
    ): Promise<void> => distances(PLANE_LAWS[law].law, settings, onPoint, signal),
  ),

  floor: task(
    async (_, law: PlaneLaw, count: number): Promise<number> =>
      distanceFloor(PLANE_LAWS[law].law, count),
  ),

  automatic: task((_, law: PlaneLaw, settings: FewSteps) =>
    automaticStart(PLANE_LAWS[law].law, settings),
  ),

  /** What a perfect machine makes of some points. */
  made: task(
    (
      signal,
      points: Float32Array,
      by: ExactDenoiser,
      count: number,
      seed: number,
    ): Promise<MadeOf> => exactSamplesOf(points, by, count, seed, signal),
  ),

  guesses: task(
    (_, points: Float32Array, by: ExactDenoiser, timestep: number): Promise<Float64Array> =>
      exactGuesses(points, by, timestep),
  ),

  copies: task((_, samples: Samples, points: Float32Array) => copiesOf(samples, points)),

  leastLosses: task((_, points: Float32Array) => leastLosses(points)),

  times: task((_, points: Float32Array) => timesOf(points)),
};

export type ExactWorker = typeof worker;

expose(worker);
