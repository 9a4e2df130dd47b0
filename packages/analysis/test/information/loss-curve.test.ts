import {
  discreteSchedule,
  gaussian,
  isotropic,
  levelAt,
  type NoiseLevel,
  noiseToSignal,
  philoxNoise,
  processLevels,
  ve,
} from "@symbreak/core";
import { exactDenoiser, processPath } from "@symbreak/samplers";
import { expect, test } from "vitest";
import {
  evenLevels,
  informationAt,
  informationPeak,
  type LossCurve,
  lossCurve,
} from "../../src/index.ts";
import { exactLoss, mixture } from "./mixture.ts";

const chain = discreteSchedule();
const levels = evenLevels(processPath(chain), levelAt(chain, 999), levelAt(chain, 0), 30);

test("the loss is the posterior variance, within its standard error, batch or no batch", async () => {
  const data = mixture.sample(4000, philoxNoise(3));
  const curve = await lossCurve({ denoiser: exactDenoiser(mixture), data, levels, seed: 4 });
  expect(curve).toMatchObject({ kind: "lossCurve", samples: 4000, calls: 30 * 32, seed: 4 });
  for (const { noiseToSignal: s, loss, standardError } of curve.at) {
    expect(Math.abs(loss - exactLoss(s))).toBeLessThan(4 * standardError);
    expect(standardError).toBeLessThan(0.06 * loss);
  }
  expect(curve.at[0]!.time.ddpmIndex).toBe(999);
  const whole = await lossCurve({
    denoiser: exactDenoiser(mixture),
    ...{ data, levels, seed: 4, batch: 4000 },
  });
  expect(whole.at).toEqual(curve.at);
});

/** A curve with a loss of one's own, on the levels above or others. */
const curveOf = (loss: (s: number) => number, at: readonly NoiseLevel[] = levels): LossCurve => ({
  kind: "lossCurve",
  at: at.map((level) => ({
    level,
    time: { ouTime: 0, ddpmIndex: null },
    noiseToSignal: noiseToSignal(level),
    loss: loss(noiseToSignal(level)),
    standardError: 0,
  })),
  ...{ samples: 1, calls: 30, seed: 0, schedule: { steps: 1000, finalAlphaBar: 0 } },
});

test("the entropy of a Gaussian is ½ Σ ln v s²/(v + s²), the better the finer the curve", () => {
  const variances = [4, 1, 0.01];
  const exact = (s: number) =>
    variances.reduce((sum, v) => sum + 0.5 * Math.log((v * s * s) / (v + s * s)), 0);
  const loss = (s: number) => variances.reduce((sum, v) => sum + (v * s * s) / (v + s * s), 0);
  const [top, bottom] = [levels[0]!, levels.at(-1)!];
  for (const [points, tolerance] of [
    [30, 0.02],
    [300, 2e-4],
  ] as const) {
    const fine = evenLevels(processPath(chain), top, bottom, points);
    const at = informationAt(curveOf(loss, fine));
    for (const [k, { entropy, rate }] of at.entries()) {
      const s = noiseToSignal(fine[k]!);
      const expected = exact(s) - exact(noiseToSignal(bottom));
      expect(Math.abs(entropy - expected)).toBeLessThan(tolerance);
      expect(rate).toBeCloseTo(loss(s) / s ** 2, 8);
    }
    expect(at.at(-1)!.entropy).toBe(0);
  }
});

test("the peak of mmse/s of a Gaussian is at s = √v, of VE levels too", async () => {
  const peak = informationPeak(curveOf((s) => (9 * s * s) / (9 + s * s)));
  expect(peak.noiseToSignal).toBeCloseTo(3, 1);
  expect(peak).toMatchObject({ weight: "rescaled", inside: true });
  expect(peak.ouTime).toBeCloseTo(0.5 * Math.log(1 + peak.noiseToSignal ** 2), 10);
  const process = ve();
  const law = gaussian({ size: 1, mean: new Float64Array(1), covariance: isotropic(9) });
  const [top, bottom] = processLevels(process, [1, 0.1], null) as [never, never];
  const found = informationPeak(
    await lossCurve({
      denoiser: exactDenoiser(law),
      data: law.sample(2000, philoxNoise(1)),
      levels: evenLevels(processPath(process), top, bottom, 30),
    }),
  );
  expect(Math.abs(found.noiseToSignal / 3 - 1)).toBeLessThan(0.15);
  expect(found.inside).toBe(true);
});

test("a peak at the end of the curve says so", () => {
  expect(informationPeak(curveOf((s) => s * s)).inside).toBe(false);
});

test("names what is wrong", async () => {
  const run = (change: object) =>
    lossCurve({
      denoiser: exactDenoiser(mixture),
      data: mixture.sample(2, philoxNoise(0)),
      levels,
      ...change,
    });
  await expect(run({ levels: levels.slice(0, 1) })).rejects.toThrow("levels must be at least two");
  await expect(run({ levels: [...levels].reverse() })).rejects.toThrow("levels must descend");
  await expect(run({ data: new Float64Array(0) })).rejects.toThrow("whole samples of 1 numbers");
  await expect(run({ batch: 0 })).rejects.toThrow("batch must be a positive integer");
  expect(() => evenLevels(processPath(chain), levels[1]!, levels[0]!, 3)).toThrow(
    "top must be noisier than bottom",
  );
});
