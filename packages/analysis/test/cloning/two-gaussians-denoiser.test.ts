import { gaussianMixture, ou } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { twoGaussiansDenoiser } from "../../src/cloning/two-gaussians-denoiser.ts";

test("it is the exact denoiser of the mixture", async () => {
  for (const [mean, deviation, weight] of [
    [16, 1, 0.5],
    [1.3, 0.4, 0.8],
  ] as const) {
    const mixture = gaussianMixture({
      weights: [weight, 1 - weight],
      means: [[mean], [-mean]],
      covariances: [deviation ** 2, deviation ** 2],
    });
    const x = Float64Array.of(-3, -0.2, 0, 0.7, 2.5);
    for (const time of [0.01, 0.5, 2, 6]) {
      const level = ou().level(time);
      const exact = await exactDenoiser(mixture).predict(x, level);
      const found = await twoGaussiansDenoiser({ mean, deviation, weight }).predict(x, level);
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(exact[i]!, 10);
      });
    }
  }
});
