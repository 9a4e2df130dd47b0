/** What JavaScript lets through: each is refused by name at once, with a RangeError. */
import { discreteSchedule, gaussianMixture, type Units } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import {
  chooseStart,
  clip,
  ddim,
  exactDenoiser,
  type Network,
  noiseStart,
  sample,
  sampleSteps,
} from "../src/index.ts";

const law = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0.1, 0.2] });
const denoiser = exactDenoiser(law);
const run = { denoiser, process: discreteSchedule(), solver: ddim(), steps: 2 };
const network = (classes?: Network["classes"]): Network => ({
  name: "digits",
  digest: null,
  denoiser,
  process: run.process,
  units: {} as Units,
  classes,
});

async function refused(options: unknown, message: string | RegExp): Promise<void> {
  const error = await sample(options as never).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RangeError);
  expect((error as RangeError).message).toMatch(message);
}

describe("sample", () => {
  test.for<[string, object, string | RegExp]>([
    [
      "a solver that is not configured",
      { solver: ddim },
      /^sample: solver must be a configured solver, such as ddim\(\), got the function ddim$/,
    ],
    [
      "a solver's name",
      { solver: "ddim" },
      /^sample: solver must be a configured solver, such as ddim\(\), got "ddim"$/,
    ],
    ["no solver", { solver: undefined }, /^sample: solver must be a configured solver/],
    [
      "a start's time alone",
      { start: 400 },
      /^sample: start must be a start, such as gaussianLateStart\(moments, 400\), got 400$/,
    ],
    ["a start's name", { start: "noise" }, /^sample: start must be a start.*, got "noise"$/],
    ["an unconfigured start", { start: noiseStart }, /got the function noiseStart$/],
    ["no start at all", { start: null }, /^sample: start must be a start.*, got null$/],
    ["a grid's name", { grid: "trailing" }, /^sample: grid must be a grid, .*, got "trailing"$/],
    [
      "a process's name",
      { process: "vp" },
      /^sample: process must be a process, such as .*, got "vp"$/,
    ],
    [
      "a threshold's name",
      { threshold: "clip" },
      /^sample: threshold must be a configured one, such as clip\(\), got "clip"$/,
    ],
    [
      "a threshold that is not configured",
      { threshold: clip },
      /^sample: threshold must be a configured one, .*, got the function clip$/,
    ],
    ["noise that is a seed", { noise: 1 }, /^sample: noise must be a function, .*, got 1$/],
    ["a denoiser that is a function", { denoiser: () => 0 }, /^sample: a network or a denoiser/],
    ["a denoiser without shape", { denoiser: { predict() {} } }, /^sample: a network or a denoi/],
    ["no denoiser", { denoiser: undefined }, /^sample: a network or a denoiser must be given/],
    [
      "no process and no grid",
      { process: undefined },
      /^sample: a network, a process or a grid of levels must be given/,
    ],
    [
      "no steps",
      { steps: undefined },
      /^leading: steps must be a positive integer, got undefined$/,
    ],
    ["a class alone", { condition: 3 }, /^sample: condition.classes must be a list of classes/],
    ["no classes", { condition: { classes: [] } }, /^sample: condition.classes must be a list/],
    [
      "the old name of the process",
      { schedule: 1 },
      /^sample: options must be .*, got "schedule"$/,
    ],
    ["the old options", { options: { eta: 1 } }, /^sample: options must be .*, got "options"$/],
    ["a misspelt key", { cuont: 3 }, /^sample: options must be among network, .*, got "cuont"$/],
  ])("refuses %s", ([, change, message]) => refused({ ...run, ...change }, message));

  test("refuses options that are none", async () => {
    await refused(null, /^sample: options must be an object, got null$/);
    await refused("ddim", /^sample: options must be an object, got "ddim"$/);
    expect(() => sampleSteps({ ...run, cuont: 3 } as never)).toThrow(
      /^sampleSteps: options must be among .*, got "cuont"$/,
    );
  });

  test("tells a network with classes that it must be given one, and which there are", async () => {
    const { solver, steps } = run;
    const dressed = { network: network({ count: 10, unconditional: false }), solver, steps };
    await refused(
      dressed,
      /^sample: condition.classes must lie in \[0, 9\] \(digits must be told a class\), got null$/,
    );
    const told = (classes: unknown) => ({ ...dressed, condition: { classes } });
    await refused(told([3, null]), /must be told a class\), got null$/);
    await refused(told([3, 10]), /^sample: condition.classes must lie in \[0, 9\].*, got 10$/);
    await refused(told([1.5]), /got 1.5$/);
    await refused(told(["3"]), /got "3"$/);
    expect((await sample(told([3]) as never)).samples).toHaveLength(1);
  });

  test("lets a network with label dropout go without a class, but not with a wrong one", async () => {
    const { solver, steps } = run;
    const free = { network: network({ count: 10, unconditional: true }), solver, steps };
    expect((await sample(free)).samples).toHaveLength(1);
    await refused({ ...free, condition: { classes: [-1] } }, /must lie in \[0, 9\] or be null/);
  });

  test("refuses classes for a network that knows none", async () => {
    const { solver, steps } = run;
    await refused(
      { network: network(), solver, steps, condition: { classes: [1] } },
      /^sample: digits knows no classes, so that condition must not be given/,
    );
  });
});

test("chooseStart refuses the same, under its own name", async () => {
  const options = { ...run, moments: law.moments() };
  const fails = (change: object, message: RegExp) =>
    expect(chooseStart({ ...options, ...change } as never)).rejects.toThrow(message);
  await fails({ solver: ddim }, /^chooseStart: solver must be a configured solver.* ddim$/);
  await fails({ process: "vp" }, /^chooseStart: process must be a process/);
  await fails({ schedule: 1 }, /^chooseStart: options must be among .*, got "schedule"$/);
});

test("a denoiser of a class counts its calls and keeps its fields, wherever they are", async () => {
  class Guided {
    get shape() {
      return [1];
    }
    get predicts() {
      return "sample" as const;
    }
    calls() {
      return 2;
    }
    predict(...asked: Parameters<typeof denoiser.predict>) {
      return denoiser.predict(...asked);
    }
  }
  const guided = await sample({ ...run, denoiser: new Guided(), count: 3, seed: 1 });
  const plain = await sample({ ...run, count: 3, seed: 1 });
  expect(guided.nfe).toBe(4);
  expect(guided.samples).toEqual(plain.samples);
});
