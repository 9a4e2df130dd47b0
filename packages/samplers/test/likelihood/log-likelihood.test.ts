import {
  CLEAN,
  type Distribution,
  discreteSchedule,
  gaussian,
  gaussianMixture,
  isotropic,
  levelAt,
  type NoiseLevel,
  type Process,
  philoxNoise,
  subVp,
  ve,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { type LogLikelihoodOptions, logLikelihood } from "../../src/likelihood/log-likelihood.ts";

const plain = gaussian({
  size: 3,
  mean: Float64Array.of(0.1, -0.2, 0.05),
  covariance: { kind: "diagonal", variances: Float64Array.of(2, 0.3, 1) },
});
const classes = gaussianMixture({
  weights: [0.3, 0.5, 0.2],
  means: [
    [-1, 0.5],
    [1, 0.3],
    [0.2, -2],
  ],
  covariances: [0.1, 0.05, 0.4],
});
const moments = new Map([
  [plain as Distribution, plain.moments],
  [classes, classes.moments()],
]);

function along(process: Process): Pick<LogLikelihoodOptions, "process" | "from" | "to"> {
  return { process, from: process.level(1e-5), to: process.level(1) };
}

/** Largest error, and the largest ratio of an error to its estimate. */
async function errors(
  law: Distribution,
  options: Partial<LogLikelihoodOptions> & ReturnType<typeof along>,
) {
  const data = law.sample(6, philoxNoise(2));
  const found = await logLikelihood({ denoiser: exactDenoiser(law), data, ...options });
  const exact = law.logDensity(data, CLEAN);
  const off = found.nats.map((value, i) => Math.abs(value - exact[i]!));
  return {
    error: Math.max(...off),
    ratio: Math.max(...off.map((value, i) => value / found.error.total[i]!)),
    found,
  };
}

describe("logLikelihood", () => {
  for (const [name, law] of [
    ["a Gaussian", plain],
    ["a mixture", classes],
  ] as const)
    for (const process of [vp(), subVp(), ve({ sigmaMin: 1e-3 })]) {
      test(`is the closed form for ${name} under ${process.name}, within its own estimate`, async () => {
        const prior = moments.get(law)!;
        for (const [tolerance, bound] of [
          [1e-4, 1e-2],
          [1e-6, 3e-5],
          [1e-8, 3e-5],
        ] as const) {
          const options = { ...along(process), moments: prior, rtol: tolerance, atol: tolerance };
          const { error, ratio } = await errors(law, options);
          expect(error).toBeLessThan(bound);
          expect(ratio).toBeLessThan(1);
        }
      });

      test(`knows what a prior of pure noise costs for ${name} under ${process.name}`, async () => {
        const { error, ratio, found } = await errors(law, along(process));
        expect(error).toBeGreaterThan(1e-3);
        expect(ratio).toBeLessThan(1.1);
        expect(Math.max(...found.error.prior)).toBeLessThan(10 * error);
      });
    }

  test("is good to 1e-6 where it starts with little noise and steps are small", async () => {
    const process = ve({ sigmaMin: 1e-6, sigmaMax: 1000 });
    const { error } = await errors(classes, {
      process,
      from: { alpha: 1, sigma: 2e-4, timestep: 0 },
      to: process.level(1),
      moments: classes.moments(),
      rtol: 1e-9,
      atol: 1e-9,
    });
    expect(error).toBeLessThan(1e-6);
  });

  test("estimates the divergence by random probes, with an error that says so", async () => {
    const size = 24;
    const law = gaussianMixture({
      weights: [1, 1],
      means: [
        Array.from({ length: size }, (_, i) => Math.sin(i)),
        Array.from({ length: size }, (_, i) => Math.cos(3 * i)),
      ],
      covariances: [
        {
          kind: "diagonal",
          variances: Float64Array.from({ length: size }, (_, i) => 0.1 + 0.05 * i),
        },
        0.4,
      ],
    });
    const settings = { ...along(vp()), moments: law.moments(), rtol: 1e-4, atol: 1e-4 };
    const data = law.sample(4, philoxNoise(2));
    const exact = law.logDensity(data, CLEAN);
    const run = { denoiser: exactDenoiser(law), data, ...settings };
    const few = await logLikelihood(run);
    const many = await logLikelihood({ ...run, probes: 32 });
    const z = many.nats.map((value, i) => Math.abs(value - exact[i]!) / many.error.divergence[i]!);
    expect(Math.max(...z)).toBeLessThan(4);
    expect(Math.min(...few.error.divergence)).toBeGreaterThan(0);
    expect(few.nfe).toBeLessThan(many.nfe / 4);
    expect(await logLikelihood(run)).toEqual(few);
    const alone = await logLikelihood({ ...run, probes: 1, data: data.subarray(0, size) });
    expect(alone.error.divergence[0]).toBeNaN();
  });

  test("takes a Jacobian product instead of differences, at half the price a probe", async () => {
    const precision = (level: NoiseLevel) =>
      level.alpha / (level.alpha ** 2 * 0.5 + level.sigma ** 2);
    const law = gaussian({ size: 2, mean: Float64Array.of(1, 0), covariance: isotropic(0.5) });
    const product: LogLikelihoodOptions["product"] = async (_x, level, v) =>
      v.map((value) => 0.5 * precision(level) * value);
    const settings = { ...along(vp()), moments: law.moments };
    const differences = await errors(law, settings);
    const { error, found } = await errors(law, { ...settings, product });
    expect(error).toBeLessThan(1e-5);
    expect(found.nfe / differences.found.nfe).toBeCloseTo(3 / 5, 1);
  });

  test("walks a discrete chain, whose first level blurs the data", async () => {
    const schedule = discreteSchedule();
    const [from, to] = [levelAt(schedule, 0), levelAt(schedule, 999)];
    const { error, ratio } = await errors(plain, {
      process: schedule,
      from,
      to,
      moments: plain.moments,
    });
    expect(error).toBeLessThan(2e-3);
    expect(ratio).toBeLessThan(1);
  });

  test("counts bits of the image: 7 more a value for 256 grey levels on [−1, 1]", async () => {
    const { found } = await errors(classes, along(vp()));
    const images = await errors(classes, { ...along(vp()), binWidth: 1 / 128 });
    for (const [i, bits] of found.bitsPerDim.entries()) {
      expect(bits).toBeCloseTo(-found.nats[i]! / (2 * Math.log(2)), 12);
      expect(images.found.bitsPerDim[i]!).toBeCloseTo(bits + 7, 12);
    }
  });

  test("warns by its truncation error where the data have no density", async () => {
    const law = gaussian({
      size: 2,
      mean: new Float64Array(2),
      covariance: { kind: "diagonal", variances: Float64Array.of(1, 0) },
    });
    const data = Float64Array.of(0.5, 0);
    const { error } = await logLikelihood({ denoiser: exactDenoiser(law), data, ...along(vp()) });
    expect(error.truncation[0]!).toBeGreaterThan(0.4);
  });

  test("says what is wrong with its settings, and stops when aborted", async () => {
    const run = (options: object) =>
      logLikelihood({
        denoiser: exactDenoiser(plain),
        data: new Float64Array(3),
        ...along(vp()),
        ...options,
      });
    await expect(run({ from: CLEAN })).rejects.toThrow("logLikelihood: from must hold noise");
    await expect(run({ probes: 0 })).rejects.toThrow(
      'probes must be "exact" or a positive integer',
    );
    await expect(run({ binWidth: 0 })).rejects.toThrow("binWidth must be positive");
    await expect(run({ data: new Float64Array(4) })).rejects.toThrow("whole samples of 3");
    await expect(run({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  });
});
