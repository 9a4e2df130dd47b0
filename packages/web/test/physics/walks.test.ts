import { philoxNoise, timestepList } from "@symbreak/core";
import { ddim, exactDenoiser, sample } from "@symbreak/samplers";
import { describe, expect, it } from "vitest";
import { CHAIN, TOP } from "../../src/physics/chain.ts";
import { CLONES, fanOut, turnAround } from "../../src/physics/clones.ts";
import { GRID_NAMES, run, STEPPED } from "../../src/physics/few-steps.ts";
import { mixtureLine } from "../../src/physics/line-law.ts";
import { PLANE_LAWS } from "../../src/physics/plane-laws.ts";
import { chainRun, record, stateAt } from "../../src/physics/walks.ts";

const law = mixtureLine([-2, 2], [0.5, 0.5], 0.5);
const chain = chainRun(exactDenoiser(law.distribution), 1);

describe("record", () => {
  it("keeps every state of the run that sample makes", async () => {
    const walk = await record({ ...chain, count: 7, seed: 3 });
    const { samples, nfe } = await sample({
      denoiser: exactDenoiser(law.distribution),
      process: CHAIN,
      solver: ddim({ eta: 1 }),
      grid: timestepList(Array.from({ length: 200 }, (_, i) => 999 - 5 * i)),
      count: 7,
      seed: 3,
      precision: "float64",
    });
    expect(walk.states).toHaveLength(201);
    expect(walk.states[0]).toEqual(noiseOf(7, 3));
    expect(walk.states.at(-1)).toEqual(samples);
    expect(walk.nfe).toBe(nfe);
    expect(stateAt(walk, 999)).toEqual(walk.states[0]);
    expect(stateAt(walk, -1)).toEqual(samples);
    const between = stateAt(walk, 996.5);
    between.forEach((x, i) => {
      expect(x).toBeCloseTo(0.5 * (walk.states[0]![i]! + walk.states[1]![i]!), 12);
    });
  });

  function noiseOf(count: number, seed: number) {
    const out = new Float64Array(count);
    philoxNoise(seed)(out, 1, 0);
    return out;
  }
});

describe("clones", () => {
  it("part where the particle is, and end in one class when they part near the data", async () => {
    const walk = await record({ ...chain, count: 5, seed: 1 });
    const late = await fanOut(law, walk, 1, 4, 20);
    expect(late.walk.levels[0]!.timestep).toBe(19);
    const parent = walk.states[walk.levels.findIndex(({ timestep }) => timestep === 19)]![4];
    expect(Array.from(late.walk.states[0]!)).toEqual(new Array(CLONES).fill(parent));
    expect(new Set(late.classes).size).toBe(1);
    expect(new Set(late.walk.states.at(-1)).size).toBe(CLONES);
    const early = await fanOut(law, walk, 1, 4, 900);
    expect(new Set(early.classes).size).toBe(2);
  });

  it("come back from a U-turn near the data, and forget from one in the noise", async () => {
    const same = ({ from, to }: { from: Int32Array; to: Int32Array }) =>
      from.filter((index, n) => index === to[n]).length;
    expect(same(await turnAround(law, 1, 40, 50))).toBe(40);
    const far = same(await turnAround(law, 1, 40, 990));
    expect(far).toBeGreaterThan(8);
    expect(far).toBeLessThan(32);
  });
});

describe("few steps", () => {
  const settings = {
    solver: "ddim",
    grid: "trailing",
    steps: 5,
    own: [],
    count: 50,
    seed: 1,
  } as const;

  it("make the same number of calls from noise and late, with every solver", async () => {
    const { law: moons } = PLANE_LAWS.moons;
    // The late-start repository's PNDM has no grid that begins at the top.
    for (const solver of Object.keys(STEPPED).filter((name) => name !== "fPndm")) {
      const noise = await run(moons, { ...settings, solver });
      const late = await run(moons, { ...settings, solver }, 400);
      expect(late.nfe).toBe(noise.nfe);
      expect(late.levels[0]!.timestep).toBe(400);
      expect(noise.levels[0]!.timestep).toBe(TOP);
    }
  });

  it("scale a grid of one's own to the late start", async () => {
    const { law: ring } = PLANE_LAWS.ring;
    const own = { ...settings, grid: "own", own: [999, 500, 100] } as const;
    const timesteps = async (from?: number) =>
      (await run(ring, own, from)).levels.map(({ timestep }) => timestep);
    expect(await timesteps()).toEqual([999, 500, 100, -1]);
    expect(await timesteps(300)).toEqual([300, 150, 30, -1]);
  });

  it("lay every grid from the top and from a late start, with as many steps", async () => {
    const { law: ring } = PLANE_LAWS.ring;
    for (const grid of GRID_NAMES.filter((name) => name !== "own")) {
      for (const from of [undefined, 400]) {
        const { levels, nfe } = await run(ring, { ...settings, grid }, from);
        expect(nfe).toBe(5);
        expect(levels).toHaveLength(6);
        expect(levels[0]!.timestep).toBeCloseTo(from ?? (grid === "leading" ? 800 : TOP), 6);
      }
    }
  });
});
