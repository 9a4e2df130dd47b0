import { levelOfSigma } from "@symbreak/core";
import { expect, test } from "vitest";
import { preconditioned } from "../../src/index.ts";

const level = { alpha: 1, sigma: 2, timestep: Math.log(2) / 4 };

test("preconditioning scales input, skip and output as EDM's table has it", async () => {
  const network = {
    shape: [1],
    predict: async (x: ArrayLike<number>, { timestep }: { timestep: number }) =>
      Float64Array.of(10 * x[0]! + timestep),
  };
  const [d, s] = [0.5, 2];
  const norm = Math.hypot(d, s);
  const raw = (10 * 3) / norm + level.timestep;
  const wanted = (d ** 2 / norm ** 2) * 3 + ((s * d) / norm) * raw;
  const x = Float64Array.of(3);
  expect((await preconditioned(network).predict(x, level))[0]).toBeCloseTo(wanted, 13);
  const negative = preconditioned(network, { negative: true });
  const other = (await negative.predict(x, level))[0]!;
  expect(other + wanted).toBeCloseTo((2 * d ** 2 * 3) / norm ** 2, 13);
});

test("the network sees and says the same on preserving levels", async () => {
  const network = {
    shape: [1],
    predict: async (x: Float32Array | Float64Array) => x.map(Math.sin),
  };
  const denoiser = preconditioned(network as never);
  const preserving = levelOfSigma(2, level.timestep);
  const a = await denoiser.predict(Float64Array.of(3), level);
  const b = await denoiser.predict(Float64Array.of(3 * preserving.alpha), preserving);
  expect(b[0]).toBeCloseTo(a[0]!, 13);
});
