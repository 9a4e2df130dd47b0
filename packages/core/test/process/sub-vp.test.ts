import { expect, test } from "vitest";
import { subVp, vp } from "../../src/index.ts";

test("the variance is VP's, squared (Song et al. 2021, eq. 29)", () => {
  for (const t of [0.01, 0.3, 1]) {
    expect(subVp().alpha(t)).toBe(vp().alpha(t));
    expect(subVp().sigma(t)).toBeCloseTo(vp().sigma(t) ** 2, 15);
  }
});

test("g² = beta (1 − e^{−0.2 t − 19.9 t²})", () => {
  const t = 0.4;
  const expected = (0.1 + 19.9 * t) * (1 - Math.exp(-0.2 * t - 19.9 * t * t));
  expect(subVp().diffusion(t) ** 2).toBeCloseTo(expected, 14);
});
