import { philoxNoise, twoGaussiansCritical } from "@symbreak/core";
import { type Denoiser, exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { centreBranch, collectiveDenoiser, stabilityAt } from "../../src/index.ts";
import { axisGaussian, twoGaussianDenoiser } from "./laws.ts";
import { vpLevel, vpLevels } from "./levels.ts";

const size = 6;
const noise = (seed: number) => {
  const out = new Float64Array(size);
  philoxNoise(seed)(out, size, 0);
  return out;
};

describe("collectiveDenoiser", () => {
  test("two Gaussians along their axis lose the centre where theory says, whatever the noise across", async () => {
    const pair = { mean: 1.4, deviation: 0.5 };
    const { denoiser, mean } = twoGaussianDenoiser(pair, size);
    const directions = new Float64Array(size).fill(1 / Math.sqrt(size));
    for (const seed of [1, 2]) {
      const along = collectiveDenoiser(denoiser, { directions, mean, noise: noise(seed) });
      const { critical, points } = await centreBranch({
        denoiser: along.denoiser,
        mean: along.project(mean),
        levels: vpLevels(2, 0.3, 60),
      });
      if (critical.potential.kind !== "lost") throw new Error(critical.potential.kind);
      const alphaBar = Math.exp(-2 * critical.potential.time.ouTime);
      expect(alphaBar).toBeCloseTo(twoGaussiansCritical(pair)!, 3);
      expect(points[0]!.fixedPoint.x).toHaveLength(1);
    }
  });

  test("all directions are the whole", async () => {
    const law = axisGaussian([4, 1, 1, 0.5, 0.2, 0.1], [1, 0, 0, -1, 0, 2]);
    const whole = exactDenoiser(law);
    const directions = Float64Array.from({ length: size * size }, (_, i) =>
      Number(i % (size + 1) === 0),
    );
    const { mean } = law.moments();
    const { denoiser, project } = collectiveDenoiser(whole, { directions, mean, noise: noise(3) });
    const q = noise(4);
    expect(project(q)).toEqual(q);
    const level = vpLevel(0.4);
    const [part, all] = [await denoiser.predict(q, level), await whole.predict(q, level)];
    part.forEach((value, i) => {
      expect(value).toBeCloseTo(all[i]!, 12);
    });
  });

  test("its Jacobian by products is its Jacobian by differences", async () => {
    const {
      denoiser: exact,
      mean,
      mixture,
    } = twoGaussianDenoiser({ mean: 1, deviation: 0.6 }, size);
    // In terms of epsilon, as networks are: J of the prediction, not of the sample.
    const whole: Denoiser = {
      shape: [size],
      predicts: "epsilon",
      predict: async (x, level) =>
        (await exact.predict(x, level)).map((v, i) => (x[i]! - level.alpha * v) / level.sigma),
    };
    const product = async (
      x: Float64Array | Float32Array,
      { alpha, sigma }: { alpha: number; sigma: number },
      v: Float64Array | Float32Array,
    ) => {
      const hessian = mixture.hessian(x, { alpha, sigma });
      return Float64Array.from(v, (_, at) => {
        const [n, i] = [Math.floor(at / size), at % size];
        let sum = 0;
        for (let j = 0; j < size; j++)
          sum -= sigma * hessian[(n * size + i) * size + j]! * v[n * size + j]!;
        return sum;
      });
    };
    const directions = new Float64Array(2 * size);
    directions[1] = 1;
    directions[size + 4] = 1;
    const coordinates = { directions, mean, noise: noise(5) };
    const level = vpLevel(0.5);
    const q = Float64Array.of(0.3, -0.2);
    const byProducts = collectiveDenoiser(whole, coordinates, { product, transposed: product });
    const byDifferences = collectiveDenoiser(whole, coordinates);
    const [one, other] = [
      await stabilityAt(byProducts.denoiser, q, level, byProducts),
      await stabilityAt(byDifferences.denoiser, q, level),
    ];
    one.posteriorVariances.forEach((value, i) => {
      expect(other.posteriorVariances[i]! / value).toBeCloseTo(1, 6);
    });
    expect(one.topAsymmetry).toBeLessThan(1e-12);
  });

  test("sizes are checked", () => {
    const { denoiser, mean } = twoGaussianDenoiser({ mean: 1, deviation: 0.5 }, size);
    const directions = new Float64Array(7);
    expect(() => collectiveDenoiser(denoiser, { directions, mean, noise: mean })).toThrow(
      "must be of 6 values",
    );
  });
});
