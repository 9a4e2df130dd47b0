import { expect, test } from "vitest";
import { kept, keptInBlocks } from "../../src/work/kept.ts";
import { joinedStore, memoryStore, type Store } from "../../src/work/store.ts";
import {
  allParts,
  eachPart,
  gathering,
  PartsElsewhere,
  type Team,
  teamOf,
  together,
  turned,
} from "../../src/work/team.ts";

/** A sum over 1000 samples in blocks of 64, of two kinds, the second of which hangs on all of the first. */
function work(store: Store, made: string[] = []) {
  return async (team: Team | undefined): Promise<number> => {
    const scale = await kept(store, { kind: "scale" }, () => made.push("scale") && 3, {
      team: together(team),
    });
    const sums = await eachPart(team, ["a", "b", "c"], (name, team) =>
      keptInBlocks<{ sum: Float64Array }, number>(
        store,
        { kind: "sum", name },
        {
          ...{ count: 1000, grain: 64, team },
          make: async ({ first, count }) => {
            made.push(`${name}${first}`);
            let sum = 0;
            for (let i = first; i < first + count; i++) sum += scale / (i + name.charCodeAt(0));
            return { sum: Float64Array.of(sum) };
          },
          join: (blocks) => blocks.reduce((total, { sum }) => total + sum[0]!, 0),
        },
      ),
    );
    return sums.reduce((total, sum) => total + sum, 0);
  };
}

/** What a shard does: it ends as it should. */
async function shard(run: Promise<unknown>): Promise<readonly number[]> {
  const error = await run.then(
    () => new PartsElsewhere([]),
    (error: unknown) => error,
  );
  if (!(error instanceof PartsElsewhere)) throw error;
  return error.shards;
}

test.each([1, 3, 7, 50])("%i shards make each part once, and the bits of one", async (of) => {
  const alone = await work(memoryStore())(undefined);
  const [store, made] = [memoryStore(), [] as string[]];
  const order = Array.from({ length: of }, (_, k) => (11 * k + 2) % of);
  for (const index of order) await shard(work(store, made)(teamOf({ index, of })));
  expect(new Set(made).size).toBe(made.length);
  expect(made).toHaveLength(1 + 3 * 16);
  expect(await work(store, made)(gathering(of))).toBe(alone);
  expect(made).toHaveLength(1 + 3 * 16);
});

test("whoever gathers names the shards that are missing, and makes nothing", async () => {
  for (const of of [3, 7]) {
    const [store, made] = [memoryStore(), [] as string[]];
    expect(await shard(work(store, made)(gathering(of)))).toEqual(
      Array.from({ length: of }, (_, k) => k),
    );
    for (let index = 0; index < of; index++)
      if (index !== 1) await shard(work(store)(teamOf({ index, of })));
    expect(await shard(work(store, made)(gathering(of)))).toEqual([1]);
    expect(made).toEqual([]);
  }
});

test("one shard is whoever works alone; a shard run again makes nothing", async () => {
  const [store, made] = [memoryStore(), [] as string[]];
  expect(await work(store)(teamOf({ index: 0, of: 1 }))).toBe(await work(memoryStore())(undefined));
  const other = memoryStore();
  await shard(work(other)(teamOf({ index: 2, of: 3 })));
  await shard(work(other, made)(teamOf({ index: 2, of: 3 })));
  expect(made).toEqual([]);
});

test("what all need each makes, from a place of its own; what falls to others is left to them", async () => {
  const order: number[] = [];
  const team = together(teamOf({ index: 2, of: 4 }));
  const values = await eachPart(team, [0, 1, 2, 3, 4, 5, 6, 7], async (k) => {
    order.push(k);
    return 10 * k;
  });
  expect(order).toEqual([4, 5, 6, 7, 0, 1, 2, 3]);
  expect(values).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
  expect(turned(teamOf({ index: 0, of: 3 }), 4)).toEqual({ own: 0, shards: [1, 2, 0] });
});

test("parts elsewhere do not keep the others from being made; an error does", async () => {
  const made: string[] = [];
  const tasks = [
    async () => {
      throw new PartsElsewhere([4]);
    },
    async () => made.push("b"),
    async () => {
      throw new PartsElsewhere([2, 4]);
    },
  ] as const;
  expect(await shard(allParts(tasks))).toEqual([2, 4]);
  expect(made).toEqual(["b"]);
  const wrong = async () => {
    throw new Error("full disk");
  };
  await expect(allParts([wrong, tasks[1]])).rejects.toThrow("full disk");
});

test("several stores are one, and the first is written to", async () => {
  const [mine, other] = [memoryStore(), memoryStore()];
  await other.set("a", 1);
  const both = joinedStore(mine, [other]);
  expect(await both.get("a")).toBe(1);
  await both.set("b", 2);
  expect([await mine.get("b"), await other.get("b")]).toEqual([2, undefined]);
});
