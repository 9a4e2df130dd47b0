import { discreteSchedule, gaussianMixture, levelAt, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";

const law = gaussianMixture({
  weights: [1, 2],
  means: [
    [1, 0, 0, 2],
    [-1, 1, 0, 0],
  ],
  covariances: [0.2, 0.1],
});
const level = levelAt(discreteSchedule(), 300);

test("exactDenoiser predicts the distribution's E[x0 | x_t], in double precision", async () => {
  const x = law.sample(3, philoxNoise(1), level);
  const denoiser = exactDenoiser(law, [1, 2, 2]);
  expect(denoiser.predicts).toBe("sample");
  expect(denoiser.shape).toEqual([1, 2, 2]);
  expect(await denoiser.predict(x, level)).toEqual(law.denoise(x, level));
  expect(await denoiser.predict(Float32Array.from(x), level)).toBeInstanceOf(Float64Array);
});

test("exactDenoiser takes the shape [size] by default and refuses one of another size", () => {
  expect(exactDenoiser(law).shape).toEqual([4]);
  expect(() => exactDenoiser(law, [1, 2, 3])).toThrow(
    "exactDenoiser: shape must hold 4 values, got [1, 2, 3]",
  );
});
