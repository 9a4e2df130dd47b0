import { AS_IS, dataOf, gaussian, philoxNoise } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { recommendedStarts } from "../../src/experiments/recommended-starts.ts";

const moments = {
  ...{ units: AS_IS, count: 64 },
  size: 4,
  mean: Float64Array.of(1, 0, 0, 0),
  covariance: {
    kind: "spectral",
    eigenvalues: Float64Array.of(9, 4, 1, 0.25),
    eigenvectors: Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0)),
    residual: 0,
  },
} as const;

test("for Gaussian data a late start costs nothing, so the Gaussian is recommended as late as can be", async () => {
  const law = gaussian(moments);
  const data = dataOf(law.sample(64, philoxNoise(1)), [4]);
  const done: number[] = [];
  const starts = await recommendedStarts(exactDenoiser(law), data, moments, (fraction) =>
    done.push(fraction),
  );
  expect(starts.map(({ sampler, steps }) => `${sampler} ${steps}`)).toEqual([
    "DDIM 3",
    "DDIM 5",
    "DDIM 10",
    "DDPM 3",
    "DDPM 5",
    "DDPM 10",
  ]);
  for (const { start, ddpmIndex, lateIndex, reason } of starts) {
    expect(start).toBe("late");
    expect(ddpmIndex).toBe(50);
    expect(lateIndex).toBe(ddpmIndex);
    expect(reason).toContain("Gaussian late start at timestep 50");
  }
  expect(done.at(-1)).toBe(1);
});
