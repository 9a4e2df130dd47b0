import { moments, truncatedMoments } from "@symbreak/analysis";
import { gaussian } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { loadModel } from "@symbreak/zoo";
import { expect, test } from "vitest";

/** The share of its square length by which a vector is off. */
function share(found: Float64Array, wanted: Float64Array): number {
  const apart = wanted.reduce((sum, value, i) => sum + (value - found[i]!) ** 2, 0);
  return Math.sqrt(apart / wanted.reduce((sum, value) => sum + value * value, 0));
}

test("the zoo's moments of MNIST are those of its 60,000 images, truncated, but for half precision", async () => {
  const exact = truncatedMoments(await moments(await loadDataset("mnist")));
  const stored = (await (await loadModel("mnist")).moments())!;
  expect(share(stored.mean, exact.mean)).toBeLessThan(1e-6);
  const trace = (of: typeof exact | typeof stored): number => {
    if (of.covariance.kind !== "spectral") throw new Error("spectral");
    const { eigenvalues, residual } = of.covariance;
    return (
      eigenvalues.reduce((sum, value) => sum + value, 0) + residual * (of.size - eigenvalues.length)
    );
  };
  expect(trace(stored) / trace(exact)).toBeCloseTo(1, 6);
  const [x, level] = [new Float64Array(784), { alpha: 0.5, sigma: Math.sqrt(0.75) }];
  for (let i = 0; i < x.length; i++) x[i] = Math.sin(12.9898 * (i + 1)) * 1.2;
  const score = (of: typeof exact | typeof stored) => gaussian(of).score(x, level) as Float64Array;
  expect(share(score(stored), score(exact))).toBeLessThan(1e-4);
});
