import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLEAN,
  type DiscreteSchedule,
  discreteSchedule,
  edmLevels,
  exponentialSigmas,
  karrasSigmas,
  levelAt,
  logSnr,
  noiseToSignal,
  roundHalfEven,
  type Spacing,
  sigmaAt,
  sigmaLevels,
  type TimestepOptions,
  timestepOfSigma,
  timesteps,
} from "../../src/index.ts";
import { golden } from "../golden.ts";

interface GridCase {
  id: string;
  scheduler: string;
  config: Record<string, number | string | boolean>;
  count: number;
  timesteps: (number | string)[];
  sigmas?: number[];
  sigmas64?: number[];
}

const CASES = golden<{ cases: GridCase[] }>("diffusers-grids.json").cases;
const MULTISTEP = ["DPMSolverMultistepScheduler", "UniPCMultistepScheduler"];

function scheduleOf({ config }: GridCase, precision: "float32" | "float64"): DiscreteSchedule {
  const kinds = {
    linear: "linear",
    scaled_linear: "scaledLinear",
    squaredcos_cap_v2: "cosine",
    sigmoid: "sigmoid",
  } as const;
  return discreteSchedule({
    kind: kinds[(config.beta_schedule ?? "linear") as keyof typeof kinds],
    steps: Number(config.num_train_timesteps ?? 1000),
    betaStart: Number(config.beta_start ?? 1e-4),
    betaEnd: Number(config.beta_end ?? 0.02),
    zeroTerminalSnr: config.rescale_betas_zero_snr === true,
    precision,
  });
}

/** The grid of a diffusers scheduler, from our pieces. */
function gridOf(
  test: GridCase,
  precision: "float32" | "float64",
): { sigmas: number[]; timesteps: number[] } {
  const { scheduler, config, count } = test;
  if (scheduler === "EDMEulerScheduler") {
    const sigmas = [
      ...(config.sigma_schedule === "exponential" ? exponentialSigmas(count) : karrasSigmas(count)),
    ];
    return {
      sigmas: [...sigmas, 0],
      timesteps: edmLevels(sigmas, null).map((level) => level.timestep),
    };
  }
  const schedule = scheduleOf(test, precision);
  const multistep = MULTISTEP.includes(scheduler);
  const sigmaBased = multistep || /Euler|Heun/.test(scheduler);
  const family = multistep ? "multistep" : sigmaBased ? "euler" : "ddpm";
  const spacing = (config.timestep_spacing ?? (sigmaBased ? "linspace" : "leading")) as Spacing;
  const clip = Number(config.lambda_min_clipped ?? Number.NEGATIVE_INFINITY);
  const kept = Array.from({ length: schedule.steps }, (_, t) => t).filter(
    (t) => 0.5 * logSnr(levelAt(schedule, t)) >= clip,
  );
  const options: TimestepOptions = {
    family,
    steps: kept.length,
    offset: Number(config.steps_offset ?? 0),
  };
  let times = timesteps(spacing, count, options);
  let sigmas = times.map((t) => noiseToSignal(levelAt(schedule, t)));
  if (config.rescale_betas_zero_snr === true) sigmas[0] = sigmaAt(schedule, schedule.steps - 1);
  const ends = multistep
    ? [sigmaAt(schedule, schedule.steps - 1), sigmaAt(schedule, 0)]
    : [sigmas[0]!, sigmas.at(-1)!];
  const range = { sigmaMax: ends[0]!, sigmaMin: ends[1]! };
  if (config.use_karras_sigmas === true) sigmas = [...karrasSigmas(count, range)];
  if (config.use_exponential_sigmas === true) sigmas = [...exponentialSigmas(count, range)];
  if (config.use_karras_sigmas === true || config.use_exponential_sigmas === true) {
    times = sigmas.map((sigma) => timestepOfSigma(schedule, sigma));
    if (multistep) times = times.map(roundHalfEven);
  }
  sigmas.push(config.final_sigmas_type === "sigma_min" ? sigmaAt(schedule, 0) : 0);
  if (scheduler !== "HeunDiscreteScheduler") return { sigmas, timesteps: times };
  // Heun lists every level but the first and the end twice.
  const twice = (list: number[]) =>
    list.flatMap((value, i) => (i === 0 || i === count ? [value] : [value, value]));
  return { sigmas: twice(sigmas), timesteps: twice(times) };
}

test.each(CASES)("the grid of diffusers' $id", (given) => {
  const single = gridOf(given, "float32");
  const expected = given.timesteps;
  const gap = expected.indexOf("...");
  const listed =
    gap < 0
      ? single.timesteps
      : [
          ...single.timesteps.slice(0, gap),
          "...",
          ...single.timesteps.slice(-(expected.length - gap - 1)),
        ];
  expect(listed).toHaveLength(expected.length);
  expected.forEach((time, i) => {
    if (typeof time === "number")
      expect(Math.abs(Number(listed[i]) - time)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(time)));
  });
  // A few float32 roundings; where the SNR goes to zero the table's own last place weighs more.
  const tolerance = given.config.rescale_betas_zero_snr === true ? 2e-6 : 5e-7;
  given.sigmas?.forEach((sigma, i) => {
    expect(Math.abs(single.sigmas[i]! - sigma)).toBeLessThanOrEqual(tolerance * sigma);
  });
  const double = gridOf(given, "float64");
  given.sigmas64?.forEach((sigma, i) => {
    expect(Math.abs(double.sigmas[i]! - sigma)).toBeLessThanOrEqual(1e-12 * sigma);
  });
});

test("both grids have their ends exactly and descend; the exponential one has even log SNR", () => {
  const range = fc.record({
    sigmaMin: fc.double({ min: 1e-3, max: 1, noNaN: true }),
    sigmaMax: fc.double({ min: 1.1, max: 200, noNaN: true }),
  });
  fc.assert(
    fc.property(range, fc.integer({ min: 2, max: 60 }), (ends, count) => {
      for (const sigmas of [karrasSigmas(count, ends), exponentialSigmas(count, ends)]) {
        expect(sigmas[0]).toBeCloseTo(ends.sigmaMax, 10);
        expect(sigmas[count - 1]).toBeCloseTo(ends.sigmaMin, 13);
        for (let i = 1; i < count; i++) expect(sigmas[i]).toBeLessThan(sigmas[i - 1]!);
      }
      const list = sigmaLevels(exponentialSigmas(count, ends), () => 0, null).map(logSnr);
      const step = (list[count - 1]! - list[0]!) / (count - 1);
      for (let i = 1; i < count; i++) expect(list[i]! - list[i - 1]!).toBeCloseTo(step, 9);
    }),
  );
});

test("the timestep of a timestep's sigma is the timestep; beyond the chain it is an end", () => {
  const schedule = discreteSchedule({ kind: "cosine" });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), (t) => {
      expect(timestepOfSigma(schedule, sigmaAt(schedule, t))).toBeCloseTo(t, 8);
    }),
  );
  expect(timestepOfSigma(schedule, 0)).toBe(0);
  expect(timestepOfSigma(schedule, 1e9)).toBe(999);
});

test("levels of sigmas keep sigma/alpha and end clean", () => {
  const list = sigmaLevels([4, 1], (sigma) => 10 * sigma);
  expect(list.slice(0, 2).map(noiseToSignal)).toEqual([4, 1]);
  expect(list[0]!.alpha ** 2 + list[0]!.sigma ** 2).toBeCloseTo(1, 15);
  expect(list.map((level) => level.timestep)).toEqual([40, 10, -1]);
  expect(list.at(-1)).toBe(CLEAN);
  expect(edmLevels([1])).toEqual([{ alpha: 1, sigma: 1, timestep: 0 }, CLEAN]);
});

test("bad ranges are refused", () => {
  expect(() => karrasSigmas(5, { sigmaMin: 2, sigmaMax: 1 })).toThrow(
    /karrasSigmas: sigmas must satisfy/,
  );
  expect(() => exponentialSigmas(0)).toThrow(/exponentialSigmas: count/);
  expect(() => timestepOfSigma(discreteSchedule(), -1)).toThrow(/must not be negative/);
});
