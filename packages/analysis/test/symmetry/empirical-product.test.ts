import { empirical, philoxNoise } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { empiricalProduct, stabilityAt } from "../../src/index.ts";
import { vpLevel } from "./levels.ts";

const size = 6;
const data = new Float64Array(25 * size);
philoxNoise(7)(data, size, 0);
const law = empirical(data, size);

test.each([0.1, 0.5, 0.9])("at alphaBar %d it is the derivative of the denoiser", async (a) => {
  const level = vpLevel(a);
  const x = new Float64Array(2 * size);
  philoxNoise(8)(x, size, 0);
  const v = new Float64Array(2 * size);
  philoxNoise(8)(v, size, 1);
  const h = 1e-5;
  const [up, down] = [h, -h].map((step) =>
    law.denoise(
      x.map((value, i) => value + step * v[i]!),
      level,
    ),
  );
  const found = await empiricalProduct(law)(x, level, v);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo((up![i]! - down![i]!) / (2 * h), 7);
  });
});

test("with it the stability of the exact score needs no differences", async () => {
  const product = empiricalProduct(law);
  const x = new Float64Array(size).fill(0.1);
  const level = vpLevel(0.4);
  const options = { tolerance: 1e-10, most: size };
  const exact = await stabilityAt(exactDenoiser(law), x, level, {
    ...options,
    product,
    transposed: product,
  });
  const differences = await stabilityAt(exactDenoiser(law), x, level, options);
  exact.posteriorVariances.forEach((value, k) => {
    expect(differences.posteriorVariances[k]! / value).toBeCloseTo(1, 6);
  });
  expect(exact.asymmetry).toBeLessThan(1e-14);
  expect(exact.topAsymmetry).toBe(0);
});
