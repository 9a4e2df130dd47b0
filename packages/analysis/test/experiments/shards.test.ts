import {
  type Data,
  gathering,
  memoryStore,
  PartsElsewhere,
  philoxUniform,
  type Store,
  teamOf,
} from "@symbreak/core";
import { ddim } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { clone } from "../../src/experiments/clone.ts";
import { compare } from "../../src/experiments/compare/compare.ts";
import type { ExperimentOptions } from "../../src/experiments/experiment.ts";
import { classifierJudge, nearestJudge } from "../../src/experiments/judge.ts";
import { memorise } from "../../src/experiments/memorise.ts";
import { study } from "../../src/experiments/study/study.ts";
import { uTurns } from "../../src/experiments/u-turns.ts";
import { drawsOf, exactNetwork, POWERS, TWO_CLASSES } from "./exact-network.ts";

const DATA: Data = drawsOf(TWO_CLASSES, 400, 1);
const NEAREST = nearestJudge(DATA);
type Counting = ReturnType<typeof exactNetwork>;
type Run = (network: Counting, options: ExperimentOptions) => Promise<unknown>;

/** Samples by hundreds, so that cells have several blocks. */
const TABLE = {
  ...{ solvers: [ddim(), ddim({ eta: 1 })], steps: [2, 3], alsoSteps: [4] },
  ...{ samples: 300, scan: 20, trial: 30, real: 300, full: 0, seed: 3 },
};

const EXPERIMENTS: readonly (readonly [string, Run])[] = [
  [
    "compare",
    (network, options) => compare(network, DATA, { extractor: POWERS, ...TABLE }, options),
  ],
  [
    "clone",
    async (network, options) =>
      clone(
        network,
        DATA,
        { judge: await NEAREST, steps: 6, pairs: 600, ouTimes: [1, 2] },
        options,
      ),
  ],
  [
    "uTurns",
    async (network, options) =>
      uTurns(
        network,
        DATA,
        { judge: await NEAREST, steps: 6, samples: 200, ouTimes: [0.5, 1, 2] },
        options,
      ),
  ],
  ["memorise", (network, options) => memorise(network, DATA, { samples: 300, steps: 6 }, options)],
  [
    "study",
    async (network, options) =>
      study(
        network,
        DATA,
        {
          ...{ extractor: POWERS, judge: await classifierJudge(POWERS, DATA) },
          compare: { solvers: [ddim()], steps: [2, 3], samples: 50, scan: 20, real: 200 },
          ...{ pairs: 130, cloneSteps: 6, copies: 100, exact: 60 },
          symmetry: { exact: 60, held: 20, starts: 6, pairs: 2, directions: 2, draws: 2 },
        },
        options,
      ),
  ],
];

async function shard(run: Promise<unknown>): Promise<readonly number[]> {
  const error = await run.then(
    () => new PartsElsewhere([]),
    (error: unknown) => error,
  );
  if (!(error instanceof PartsElsewhere)) throw error;
  return error.shards;
}

/** A signal that ends a run at the moment of one's choice, as a kill would; it counts them. */
function killedAfter(
  moments: number,
): NonNullable<ExperimentOptions["signal"]> & { asked: number } {
  const signal = {
    aborted: false,
    asked: 0,
    throwIfAborted() {
      if (++signal.asked > moments) throw new Error("killed");
    },
  };
  return signal;
}

test.each(EXPERIMENTS)(
  "%s: 1, 3 and 7 shards, in any order, one of them killed and one run twice at once, find the bits of one machine",
  async (_, run) => {
    const counting = killedAfter(Infinity);
    const whole = { store: memoryStore(), signal: counting };
    const alone = JSON.stringify(await run(exactNetwork(TWO_CLASSES), whole));
    expect(JSON.stringify(await run(exactNetwork(TWO_CLASSES, "b".repeat(64)), {}))).toBe(
      alone.replaceAll("a".repeat(64), "b".repeat(64)),
    );
    const moments = new Float64Array(8);
    philoxUniform(Date.now() >>> 0)(moments, 8, 0);
    for (const of of [1, 3, 7]) {
      const store = memoryStore();
      const order = Array.from({ length: of }, (_, k) => (5 * k + 3) % of);
      const shardOf = (index: number, signal?: ExperimentOptions["signal"]) =>
        run(exactNetwork(TWO_CLASSES), { store, team: teamOf({ index, of }), signal });
      for (const [k, index] of order.entries()) {
        if (k === 1) await Promise.all([shard(shardOf(index)), shard(shardOf(index))]);
        // Random moments: the end is the same whichever they are.
        const killed = killedAfter(Math.floor((counting.asked / of) * moments[k]!));
        await shardOf(index, killed).catch((error: Error) => {
          if (!(error instanceof PartsElsewhere)) expect(error.message).toBe("killed");
        });
        await shard(shardOf(index));
      }
      const gatherer = exactNetwork(TWO_CLASSES);
      const merged = await run(gatherer, { store, team: gathering(of) });
      expect(JSON.stringify(merged)).toBe(alone);
    }
  },
  120_000,
);

test.each(EXPERIMENTS)(
  "%s: a merge names the shards whose parts are missing",
  async (_, run) => {
    const [store, of] = [memoryStore(), 3];
    const network = exactNetwork(TWO_CLASSES);
    for (const index of [0, 2])
      await shard(run(exactNetwork(TWO_CLASSES), { store, team: teamOf({ index, of }) }));
    expect(await shard(run(network, { store, team: gathering(of) }))).toEqual([1]);
    const empty = { store: memoryStore(), team: gathering(of) };
    expect(await shard(run(exactNetwork(TWO_CLASSES), empty))).toEqual([0, 1, 2]);
  },
  120_000,
);

test.each(EXPERIMENTS)(
  "%s goes on after an interruption with what it lacks, and a shard makes about its share",
  async (name, run) => {
    const whole = exactNetwork(TWO_CLASSES);
    const counting = killedAfter(Infinity);
    await run(whole, { signal: counting });
    const store = memoryStore();
    const progress: { done: number; total: number; kept: number }[] = [];
    const half = killedAfter(counting.asked / 2);
    await expect(run(exactNetwork(TWO_CLASSES), { store, signal: half })).rejects.toThrow("killed");
    const resumed = exactNetwork(TWO_CLASSES);
    await run(resumed, { store, progress: (at) => progress.push(at) });
    expect(resumed.calls()).toBeLessThan(whole.calls());
    expect(progress.some(({ kept }) => kept > 0)).toBe(true);
    expect(progress.every(({ done, total }) => done <= total)).toBe(true);
    const shares = [0, 1].map(async (index) => {
      const one = exactNetwork(TWO_CLASSES);
      await shard(run(one, { store: memoryStore(), team: teamOf({ index, of: 2 }) }));
      return one.calls() / whole.calls();
    });
    for (const share of await Promise.all(shares))
      expect([name, share < 0.8]).toEqual([name, true]);
  },
  120_000,
);

test("shards without a store that they share, or without digests, are refused", async () => {
  const team = teamOf({ index: 0, of: 2 });
  const judge = await NEAREST;
  const cloned = (digest: string | null, store?: Store) =>
    clone(exactNetwork(TWO_CLASSES, digest), DATA, { judge, steps: 4, pairs: 4 }, { store, team });
  await expect(cloned("a".repeat(64))).rejects.toThrow("shards must share a store");
  await expect(cloned(null, memoryStore())).rejects.toThrow("must have digests");
});
