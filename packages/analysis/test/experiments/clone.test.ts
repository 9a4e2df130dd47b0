import { discreteSchedule, memoryStore, readClock } from "@symbreak/core";
import { ddim, ddpm } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { clone, clonedPictures, timesAround } from "../../src/experiments/clone.ts";
import { classifierJudge, nearestJudge } from "../../src/experiments/judge.ts";
import { uTurns } from "../../src/experiments/u-turns.ts";
import { drawsOf, exactNetwork, POWERS, TWO_CLASSES } from "./exact-network.ts";

const DATA = drawsOf(TWO_CLASSES, 400, 1);
// t_S = ½ ln Λ with Λ = 9 + 0.09.
const T_S = 0.5 * Math.log(9.09);

test("the perfect network's clones part at the closed form's time: phi = 0.775 at t_S, up to a correction of order 1/Λ", async () => {
  const judge = await classifierJudge(POWERS, DATA, drawsOf(TWO_CLASSES, 100, 2));
  expect(judge.tested).toEqual({ accuracy: 1, images: 100, on: "draws" });
  const findings: string[] = [];
  const result = await clone(
    exactNetwork(TWO_CLASSES),
    DATA,
    {
      judge,
      steps: 60,
      pairs: 400,
      ouTimes: [T_S + 0.8, T_S + 0.3, T_S, T_S - 0.3, T_S - 0.8],
      seed: 1,
    },
    { progress: ({ finding }) => finding && findings.push(finding) },
  );
  expect(result.speciation.ouTime!).toBeCloseTo(T_S, 1);
  expect(Math.abs(result.crossing!.ouTime - T_S)).toBeLessThan(0.2);
  expect(result).toMatchObject({ trajectories: 400, clones: 2, steps: 60, kind: "clone" });
  expect(result.classes.map(({ name }) => name)).toEqual(["left", "right"]);
  expect(result.classes[0]!.share + result.classes[1]!.share).toBeCloseTo(1, 12);
  expect(result.strangers).toBeCloseTo(0.5, 1);
  expect(findings.at(-1)).toContain("phi = 0.775 at OU time");
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
}, 120_000);

test("data without labels are cloned by a judge with classes, and by nothing else", async () => {
  const bare = { ...DATA, labels: undefined };
  const judge = await classifierJudge(POWERS, bare);
  expect(judge.tested).toBeNull();
  expect(judge.classes.map(({ label }) => label)).toEqual([0, 1]);
  const result = await clone(exactNetwork(TWO_CLASSES), bare, { judge, steps: 10, pairs: 5 });
  expect(result.phi.length).toBeGreaterThan(3);
  await expect(nearestJudge(bare)).rejects.toThrow("data must have labels");
}, 60_000);

test("an interrupted experiment goes on at the trajectories that it lacks", async () => {
  const judge = await nearestJudge(DATA);
  const effort = { judge, steps: 10, pairs: 70, ouTimes: [1, 2] };
  const store = memoryStore();
  const whole = exactNetwork(TWO_CLASSES);
  const found = await clone(whole, DATA, effort, { store });
  const again = exactNetwork(TWO_CLASSES);
  expect(await clone(again, DATA, effort, { store })).toEqual(found);
  expect(again.calls()).toBe(0);
  // The first 64 trajectories are the same ones whatever comes behind.
  const more = exactNetwork(TWO_CLASSES);
  await clone(more, DATA, { ...effort, pairs: 64 }, { store });
  expect(more.calls()).toBe(0);
  // Half of it kept, half made now: the same text as of one run, the order of keys included.
  const half = memoryStore();
  await clone(whole, DATA, { ...effort, pairs: 64 }, { store: half });
  const resumed = await clone(whole, DATA, effort, { store: half });
  expect(JSON.stringify(resumed)).toBe(JSON.stringify(found));
}, 60_000);

test("a solver without noise is refused; pictures hold the clones of a few times", async () => {
  const judge = await nearestJudge(DATA);
  const effort = { judge, steps: 10, pairs: 4, ouTimes: [1, 2] };
  const network = exactNetwork(TWO_CLASSES);
  await expect(clone(network, DATA, { ...effort, solver: ddim() })).rejects.toThrow("noise");
  const result = await clone(network, DATA, effort);
  const pictures = await clonedPictures(network, result, ddpm({ variance: "fixedLarge" }));
  expect(pictures).toHaveLength(2);
  for (const { state, samples, count, clones } of pictures) {
    expect(state).toHaveLength(2 * count);
    expect(samples).toHaveLength(2 * count * clones);
  }
}, 60_000);

test("clones are made at every 50th index about t_S, within the chain", () => {
  const chain = discreteSchedule();
  const indices = (ouTime: number) =>
    timesAround(ouTime, chain).map((time) =>
      Math.round(readClock({ ouTime: time }, chain).ddpmIndex!),
    );
  expect(indices(1.0185)).toEqual([650, 600, 550, 500, 450, 400, 350, 300, 250]);
  expect(indices(4.9)).toEqual([950, 900, 850, 800]);
  expect(indices(-0.3)).toEqual([200, 150, 100, 50]);
  expect(indices(9)).toEqual([950, 900, 850, 800]);
});

test("a U-turn keeps the class below its time and loses it above", async () => {
  const judge = await nearestJudge(DATA);
  const result = await uTurns(exactNetwork(TWO_CLASSES), DATA, {
    ...{ judge, steps: 40, samples: 200, ouTimes: [T_S + 2, T_S - 0.8], seed: 1 },
  });
  const [far, near] = result.curve;
  // At OU time 3.1 the classes are 6 e^{−3.1} = 0.27 of the noise apart: they come back as chance has it.
  expect(Math.abs(far!.returned.value - 0.5)).toBeLessThan(0.12);
  expect(near!.returned.value).toBeGreaterThan(0.95);
  expect(result).toMatchObject({ kind: "uTurn", count: 200, judge: { name: judge.name } });
}, 60_000);
