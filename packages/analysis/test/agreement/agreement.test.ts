import { empirical, gaussian, isotropic, philoxNoise, processLevels, vp } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { agreementCurve, pairedAgreement } from "../../src/index.ts";

const size = 6;
const law = gaussian({ size, mean: new Float64Array(size), covariance: isotropic(1) });
const levels = processLevels(vp(), [0.9, 0.5, 0.2, 0.05], null);

describe("agreementCurve", () => {
  test("one function agrees with itself at every level", async () => {
    const a = exactDenoiser(law);
    const data = law.sample(50, philoxNoise(1));
    const { at, kind, samples } = await agreementCurve({ a, b: a, data, levels, seed: 2 });
    expect({ kind, samples }).toEqual({ kind: "agreementCurve", samples: 50 });
    for (const { distance, relative, cosine } of at) {
      expect({ distance, relative }).toEqual({ distance: 0, relative: 0 });
      expect(cosine!.value).toBeCloseTo(1, 12);
    }
    expect(at[0]!.ouTime).toBeGreaterThan(at[3]!.ouTime);
  });

  test("memories of disjoint halves agree in noise and part near the data", async () => {
    const half = (seed: number) =>
      exactDenoiser(empirical(law.sample(40, philoxNoise(seed)), size));
    const data = law.sample(200, philoxNoise(9));
    const { at } = await agreementCurve({ a: half(1), b: half(2), data, levels });
    const [noise, , , clean] = at;
    expect(noise!.relative).toBeLessThan(0.3);
    expect(clean!.relative).toBeGreaterThan(0.7);
    expect(clean!.distance).toBeGreaterThan(noise!.distance);
    expect(clean!.cosine!.value).toBeLessThan(0.8);
  });

  test("denoisers of two Gaussians differ as their gains", async () => {
    const wide = gaussian({ size, mean: new Float64Array(size), covariance: isotropic(4) });
    const data = law.sample(3000, philoxNoise(3));
    const { at } = await agreementCurve({
      ...{ a: exactDenoiser(law), b: exactDenoiser(wide), data, seed: 5 },
      levels: [levels[1]!],
    });
    const { alpha, sigma } = levels[1]!;
    const gain = (v: number) => (alpha * v) / (alpha ** 2 * v + sigma ** 2);
    // x has variance 1.
    expect(at[0]!.distance / (gain(4) - gain(1))).toBeCloseTo(1, 1);
    expect(at[0]!.cosine!.value).toBeGreaterThan(0.99);
  });

  test("names what is wrong", async () => {
    const a = exactDenoiser(law);
    const run = (change: object) =>
      agreementCurve({ a, b: a, data: new Float64Array(size), levels, ...change });
    await expect(run({ data: new Float64Array(5) })).rejects.toThrow("whole samples of 6");
    await expect(run({ levels: [] })).rejects.toThrow("levels must be at least one");
    const other = gaussian({ size: 2, mean: new Float64Array(2), covariance: isotropic(1) });
    await expect(run({ b: exactDenoiser(other) })).rejects.toThrow("b must have samples of 6");
  });
});

describe("pairedAgreement", () => {
  const a = law.sample(500, philoxNoise(1));
  const other = law.sample(500, philoxNoise(2));

  test("is 1 for the same samples, 0 for unrelated ones, the weight between for mixtures", () => {
    const same = pairedAgreement(a, a, size);
    expect(same.cosine.value).toBeCloseTo(1, 12);
    expect(same.distance.value).toBe(0);
    expect(Math.abs(same.unpaired.value)).toBeLessThan(0.06);
    expect(Math.abs(pairedAgreement(a, other, size).cosine.value)).toBeLessThan(0.06);
    const mixed = a.map((value, i) => 0.8 * value + 0.6 * other[i]!);
    const { cosine, unpaired, pairs, cosines } = pairedAgreement(a, mixed, size);
    expect(cosine.value).toBeGreaterThan(0.7);
    expect(cosine.low).toBeGreaterThan(unpaired.high);
    expect(cosines).toHaveLength(pairs);
  });

  test("the cosine is about the mean, which unrelated images share", () => {
    const shifted = (x: Float64Array) => x.map((value) => value + 10);
    expect(Math.abs(pairedAgreement(shifted(a), shifted(other), size).cosine.value)).toBeLessThan(
      0.06,
    );
    const zero = new Float64Array(size);
    expect(
      pairedAgreement(shifted(a), shifted(other), size, { mean: zero }).cosine.value,
    ).toBeGreaterThan(0.9);
  });

  test("names what is wrong", () => {
    expect(() => pairedAgreement(a, a.subarray(size), size)).toThrow("as many samples of 6");
    expect(() => pairedAgreement(new Float64Array(12), new Float64Array(12), size)).toThrow(
      "no sample may be the mean itself",
    );
  });
});
