import {
  discreteSchedule,
  type ForwardProcess,
  gaussian,
  leading,
  type NoiseLevel,
  philoxNoise,
  type Samples,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import {
  ddim,
  ddpm,
  dpmMultistep,
  dpmSinglestep,
  edmStochastic,
  euler,
  exactDenoiser,
  guidedDdpm,
  heun,
  pndm,
  predictorCorrector,
  probabilityFlow,
  SOLVERS,
  type Solver,
  solverOf,
  uniPc,
} from "../../src/index.ts";
import { CASES, finalStep } from "./runs.ts";

const NAMES = Object.keys(SOLVERS);
const schedule = discreteSchedule();
const law = gaussian({
  size: 2,
  mean: Float64Array.of(1, -0.5),
  covariance: { kind: "diagonal", variances: Float64Array.of(2, 0.3) },
});
const denoiser = exactDenoiser(law);

/** The batch at the top of the levels. */
const start = (levels: readonly NoiseLevel[]): Samples => law.sample(3, philoxNoise(1), levels[0]!);
const walk = (solver: Solver, steps: number, process: ForwardProcess = schedule) => {
  const levels = leading().levels(schedule, steps);
  return finalStep(
    solver.walk(denoiser, start(levels), levels, { noise: philoxNoise(2), process }),
  );
};
const stored = ({ name, settings }: Solver) =>
  solverOf(JSON.parse(JSON.stringify({ name, settings })));

test.for(NAMES)("%s makes a solver of its name, and says what it is", (name) => {
  const entry = SOLVERS[name]!;
  const solver = solverOf({ name });
  expect(solver).toMatchObject({ name, settings: {} });
  expect(entry.title).not.toBe("");
  expect(entry.paper).toMatch(/\d{4}/);
  // An order is measured where nothing is drawn; see convergence.test.ts.
  if (entry.order !== null) expect(solver.stochastic).toBe(false);
});

test("the table's orders are those that the convergence tests measure", () => {
  for (const name of ["ddim", "pndm", "ipndm", "euler", "heun", "kdpm2"])
    expect(SOLVERS[name]!.order).toBe(CASES.find((given) => given.name === name)!.order);
});

test.for(NAMES)("%s refuses a setting that it does not know, by its key", (name) => {
  expect(() => solverOf({ name, settings: { sharpness: 1 } })).toThrow(
    new RegExp(`^${name}: options must be among .*, got "sharpness"$`),
  );
});

test("solverOf refuses a name that is not in the table", () => {
  for (const name of ["ddmi", "toString", "constructor"])
    expect(() => solverOf({ name })).toThrow(
      new RegExp(`^solverOf: name must be one of ddim, ddpm, .*, got "${name}"$`),
    );
});

describe("from its JSON a solver is the same to the last bit", () => {
  const configured: [string, Solver][] = [
    ...NAMES.map((name): [string, Solver] => [`${name} by default`, solverOf({ name })]),
    ...CASES.map(({ name, solver }): [string, Solver] => [name, solver]),
    ["ddpm, large variance", ddpm({ variance: "fixedLarge" })],
    ["dpmSinglestep, own orders", dpmSinglestep({ orders: [1, 2, 1, 2] })],
    ["euler, endless churn", euler({ churn: { amount: Infinity } })],
    ["heun, churn everywhere", heun({ churn: { amount: 2, min: -Infinity, max: Infinity } })],
    ["pndm, one Runge–Kutta step", pndm({ rungeKuttaSteps: 1 })],
    ["probabilityFlow, of the process", probabilityFlow({ path: "process", rtol: 1e-3 })],
    ["predictorCorrector, ancestral", predictorCorrector({ predictor: "ancestral", snr: 0.1 })],
    ["uniPc, partly corrected", uniPc({ order: 3, uncorrected: [0, 2] })],
  ];
  test.for(configured)("%s", async ([, solver]) => {
    const [own, again] = [await walk(solver, 4), await walk(stored(solver), 4)];
    expect(again.x).toEqual(own.x);
    expect(stored(solver).settings).toEqual(solver.settings);
  });

  test("Euler–Maruyama, in the time of the run's process", async () => {
    const solver = predictorCorrector({ predictor: "eulerMaruyama" });
    expect((await walk(stored(solver), 4, vp())).x).toEqual((await walk(solver, 4, vp())).x);
    await expect(walk(solver, 4)).rejects.toThrow(
      "eulerMaruyama: the run must have a continuous process",
    );
  });
});

describe("calls(n) is the NFE of n steps to clean data", () => {
  const counted: [string, Solver][] = [
    ...NAMES.map((name): [string, Solver] => [name, solverOf({ name })]),
    ["pndm, skip-PRK", pndm({ skipPrk: true })],
    ["predictorCorrector, two corrections", predictorCorrector({ correctorSteps: 2 })],
    ["heun, churn", heun({ churn: { amount: 3 } })],
  ];
  for (const [label, solver] of counted.filter(([name]) => name !== "probabilityFlow"))
    test(label, async () => {
      for (const steps of [1, 2, 3, 4, 5, 6])
        expect((await walk(solver, steps)).nfe).toBe(solver.calls(steps));
    });

  test("pndm with a given number of Runge–Kutta steps, which is obeyed", async () => {
    const solver = pndm({ rungeKuttaSteps: 2 });
    for (const steps of [3, 4, 5, 6])
      expect((await walk(solver, steps)).nfe).toBe(solver.calls(steps));
  });

  test("probabilityFlow adapts, and says that it does not know", () => {
    expect(probabilityFlow().calls(3)).toBeUndefined();
  });
});

describe("stochastic is true exactly where a walk without noise is refused", () => {
  const both: [string, Solver][] = [
    ...NAMES.map((name): [string, Solver] => [name, solverOf({ name })]),
    ["ddim, eta 1", ddim({ eta: 1 })],
    ["euler, churn", euler({ churn: { amount: 1 } })],
    ["heun, no churn", heun({ churn: { amount: 0 } })],
    ["edmStochastic, no churn", edmStochastic({ churn: { amount: 0 } })],
    ["dpmMultistep, SDE", dpmMultistep({ algorithm: "sde-dpmsolver++" })],
    ["dpmSinglestep, SDE", dpmSinglestep({ algorithm: "sde-dpmsolver++" })],
    ["predictorCorrector, predictor alone", predictorCorrector({ correctorSteps: 0 })],
  ];
  test.for(both)("%s", async ([, solver]) => {
    const levels = leading().levels(schedule, 5);
    const run = finalStep(solver.walk(denoiser, start(levels), levels));
    if (solver.stochastic) await expect(run).rejects.toThrow("noise must be given");
    else expect((await run).x.every(Number.isFinite)).toBe(true);
  });
});

test("a setting that must be one of some names is refused at once", () => {
  const gradient = async (x: Samples) => x;
  for (const [make, message] of [
    [() => ddpm({ variance: "fixed" as never }), /^ddpm: variance must be one of fixedSmall, /],
    [
      () => guidedDdpm({ gradient, variance: "fixed" as never }),
      /^guidedDdpm: variance must be one of fixedSmall, fixedLarge, learned, learnedRange, got "fixed"$/,
    ],
    [
      () => dpmMultistep({ algorithm: "dpmsolver+++" as never }),
      /^dpmMultistep: algorithm must be one of dpmsolver\+\+, /,
    ],
    [
      () => dpmMultistep({ solverType: "mid" as never }),
      /^dpmMultistep: solverType must be one of midpoint, heun, got "mid"$/,
    ],
    [
      () => dpmSinglestep({ solverType: "mid" as never }),
      /^dpmSinglestep: solverType must be one of midpoint, heun, got "mid"$/,
    ],
    [
      () => predictorCorrector({ predictor: "euler" as never }),
      /^predictorCorrector: predictor must be one of reverseDiffusion, ancestral, eulerMaruyama, got "euler"$/,
    ],
    [
      () => predictorCorrector({ norms: "all" as never }),
      /^predictorCorrector: norms must be one of expected, sample, batch, got "all"$/,
    ],
    [
      () => probabilityFlow({ path: "chain" as never }),
      /^probabilityFlow: path must be one of levels, process, got "chain"$/,
    ],
    [
      () => probabilityFlow({ control: "all" as never }),
      /^probabilityFlow: control must be one of sample, batch, got "all"$/,
    ],
    [
      () => euler({ churn: { max: null as never } }),
      /^euler: churn.max must be a number, got null$/,
    ],
  ] as const)
    expect(make).toThrow(message);
});

test("a walk refuses what is a setting of the solver, by its key", async () => {
  const levels = leading().levels(schedule, 3);
  const options = { noise: philoxNoise(1), eta: 1 };
  for (const name of NAMES)
    await expect(
      finalStep(solverOf({ name }).walk(denoiser, start(levels), levels, options)),
    ).rejects.toThrow(new RegExp(`^${name}: options must be among noise, .*, got "eta"$`));
});
