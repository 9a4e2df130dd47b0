import {
  CLEAN,
  discreteSchedule,
  levelAt,
  levelRule,
  noiseToSignal,
  philoxNoise,
} from "@symbreak/core";
import { sample } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { mixtureDenoiser } from "../../../samplers/test/solvers/runs.ts";
import { DEFAULTS, type SchedulerClass } from "../../src/diffusers/defaults.ts";
import { fromSchedulerConfig } from "../../src/index.ts";

const CLASSES = Object.keys(DEFAULTS) as SchedulerClass[];
const FORWARD = CLASSES.filter((name) => name !== "DDIMInverseScheduler");

test.for(FORWARD)("%s is ready to sample", async (name) => {
  const scheduler = fromSchedulerConfig({ _class_name: name });
  const { solver, process } = scheduler;
  const { threshold, table } = scheduler.options;
  const { samples, nfe, levels } = await sample({
    denoiser: mixtureDenoiser(),
    solver,
    process,
    grid: levelRule((steps, from) => scheduler.levels(steps, from)),
    threshold,
    table,
    steps: 6,
    count: 3,
    seed: 1,
  });
  expect(levels.length).toBe(7);
  expect(nfe).toBeGreaterThanOrEqual(6);
  expect(samples.every((value: number) => Number.isFinite(value))).toBe(true);
});

test.for(FORWARD)("%s starts late from a level of its own", (name) => {
  const scheduler = fromSchedulerConfig({ _class_name: name });
  const start = scheduler.levels(10)[3]!;
  const whole = { ...start, timestep: Math.floor(start.timestep) };
  const from =
    name.startsWith("EDM") || name.startsWith("IPNDM")
      ? start
      : levelAt(discreteSchedule(), whole.timestep);
  const walk = scheduler.levels(4, from);
  expect(walk.length).toBe(5);
  expect(noiseToSignal(walk[0]!)).toBeCloseTo(noiseToSignal(from), 9);
  const ratios = walk.map(noiseToSignal);
  expect(ratios.toSorted((a, b) => b - a)).toEqual(ratios);
});

test("keys may be camelCase", () => {
  const json = {
    _class_name: "DPMSolverMultistepScheduler",
    use_karras_sigmas: true,
    solver_order: 3,
    beta_schedule: "scaled_linear",
  };
  const camel = {
    className: "DPMSolverMultistepScheduler",
    useKarrasSigmas: true,
    solverOrder: 3,
    betaSchedule: "scaled_linear",
  };
  expect(fromSchedulerConfig(camel).config).toEqual(fromSchedulerConfig(json).config);
  expect(fromSchedulerConfig(camel).levels(5)).toEqual(fromSchedulerConfig(json).levels(5));
});

test("the prediction type is the network's", async () => {
  const network = { shape: [1], predict: async () => Float64Array.of(1) };
  const predicts = (prediction_type: string) =>
    fromSchedulerConfig({ _class_name: "DDIMScheduler", prediction_type }).denoiserOf(network)
      .predicts;
  expect(["epsilon", "v_prediction", "sample"].map(predicts)).toEqual(["epsilon", "v", "sample"]);
  const ddpm = fromSchedulerConfig({
    _class_name: "DDPMScheduler",
    variance_type: "learned_range",
  });
  expect(ddpm.denoiserOf(network).variance).toBe("learnedRange");
});

test.for([
  [
    { _class_name: "LCMScheduler" },
    /_class_name must be one of DDPMScheduler, .*, got "LCMScheduler"/,
  ],
  [{}, /_class_name must be one of .*, got undefined/],
  [
    { _class_name: "DDIMScheduler", beta_schedule: "quadratic" },
    /fromSchedulerConfig: DDIMScheduler: beta_schedule must be one of linear, .*, got "quadratic"/,
  ],
  [
    { _class_name: "DDIMScheduler", beta_end: "0.02" },
    /DDIMScheduler: beta_end must be a number, got "0.02"/,
  ],
  [
    { _class_name: "DDIMScheduler", clip_sample: 1 },
    /DDIMScheduler: clip_sample must be true or false, got 1/,
  ],
  [
    { _class_name: "UniPCMultistepScheduler", use_flow_sigmas: true },
    /UniPCMultistepScheduler: use_flow_sigmas is supported only as false, got true/,
  ],
  [{ _class_name: "UniPCMultistepScheduler", solver_p: {} }, /solver_p is supported only as null/],
  [
    { _class_name: "PNDMScheduler", prediction_type: "sample" },
    /PNDMScheduler: prediction_type must be one of epsilon, v_prediction, got "sample"/,
  ],
  [
    { _class_name: "DPMSolverMultistepScheduler", algorithm_type: "dpmsolver" },
    /final_sigmas_type must be "sigma_min" for algorithm_type "dpmsolver"/,
  ],
] as const)("an error names what is unsupported: %s", ([json, message]) => {
  expect(() => fromSchedulerConfig(json)).toThrow(message);
});

test("two grids of sigmas are one too many", () => {
  const scheduler = () =>
    fromSchedulerConfig({
      _class_name: "EulerDiscreteScheduler",
      use_karras_sigmas: true,
      use_exponential_sigmas: true,
    });
  expect(scheduler).toThrow(/use_exponential_sigmas is supported only as false/);
});

test("by default steps go from one timestep of the list to the next, also where diffusers' do not", () => {
  const json = { _class_name: "DDIMScheduler", timestep_spacing: "linspace" };
  const scheduler = fromSchedulerConfig(json);
  expect(scheduler.levels(4).map((level) => level.timestep)).toEqual([999, 666, 333, 0, -1]);
  expect(scheduler.run(4).options.quirks ?? {}).toEqual({});
  const parity = fromSchedulerConfig(json, { parity: "diffusers" });
  const [from, to] = parity.levels(4);
  expect(parity.run(4).options.quirks!.relabel!(0, 0, from!, to!)[1].timestep).toBe(749);
});

test("DDPM takes timesteps, Euler sigmas too, and others neither", () => {
  const levels = (name: SchedulerClass, request: object) =>
    fromSchedulerConfig({ _class_name: name }).levels(request as { timesteps: number[] });
  const timesteps = [900, 500, 20];
  expect(levels("DDPMScheduler", { timesteps }).map((level) => level.timestep)).toEqual([
    900, 500, 20, -1,
  ]);
  const [first, second, last] = levels("EulerDiscreteScheduler", { sigmas: [10, 2, 0] });
  expect(noiseToSignal(first!)).toBeCloseTo(10, 12);
  expect(second!.timestep).toBeGreaterThan(300);
  expect(last).toEqual(CLEAN);
  expect(() => levels("DDIMScheduler", { timesteps })).toThrow(
    /DDIMScheduler takes a positive number/,
  );
  expect(() => levels("DDPMScheduler", { sigmas: [1, 0] })).toThrow(/number of steps or timesteps/);
  expect(() => levels("HeunDiscreteScheduler", { sigmas: [1, 0] })).toThrow(
    /takes a number of steps/,
  );
});

test("an Euler scheduler starts from noise of its first sigma, with leading spacing of a little more", () => {
  const initial = (timestep_spacing: string) => {
    const scheduler = fromSchedulerConfig({
      _class_name: "EulerDiscreteScheduler",
      timestep_spacing,
    });
    const walk = scheduler.levels(10);
    return scheduler.initNoiseSigma(walk) / noiseToSignal(walk[0]!);
  };
  expect(initial("trailing")).toBe(1);
  const top = noiseToSignal(levelAt(discreteSchedule(), 900));
  expect(initial("leading")).toBeCloseTo(Math.hypot(1, top) / top, 12);
});

test("the ancestral schedulers draw their noise as asked", async () => {
  const scheduler = fromSchedulerConfig({ _class_name: "EulerAncestralDiscreteScheduler" });
  const walk = scheduler.levels(3);
  const x = Float64Array.of(1);
  const run = scheduler.solver.walk(mixtureDenoiser(), x, walk, {
    ...scheduler.options,
    noise: philoxNoise(1),
  });
  for await (const { level } of run) expect(walk).toContain(level);
});

test("a config that is no object, of a class that only all objects have, or of an endless chain is refused", () => {
  for (const json of [null, [], 1, "x"])
    expect(() => fromSchedulerConfig(json as never)).toThrow("config must be an object");
  for (const _class_name of ["toString", "constructor", "__proto__"])
    expect(() => fromSchedulerConfig({ _class_name })).toThrow("_class_name must be one of");
  for (const num_train_timesteps of [1e7, 1e15])
    expect(() =>
      fromSchedulerConfig({ _class_name: "DDIMScheduler", num_train_timesteps }),
    ).toThrow("num_train_timesteps must be at most 100000");
});
