import { expect, test } from "vitest";
import { euler, lms } from "../../src/index.ts";
import { evenLevels, finalSamples, mixtureDenoiser } from "./runs.ts";

test("lms of order 1 is euler", async () => {
  const x = Float64Array.of(-1, 0.6);
  const one = await finalSamples(lms({ order: 1 }).walk(mixtureDenoiser(), x, evenLevels(5)));
  expect(one).toEqual(await finalSamples(euler().walk(mixtureDenoiser(), x, evenLevels(5))));
});

test.for([2, 3, 4])(
  "lms of order %d integrates a slope polynomial in sigma exactly",
  async (order) => {
    const levels = [8, 5, 3, 2, 1.2, 0.4].map((sigma, i) => ({ alpha: 1, sigma, timestep: i }));
    const denoiser = {
      shape: [1],
      predicts: "epsilon" as const,
      predict: async (_x: unknown, { sigma }: { sigma: number }) =>
        Float64Array.of(sigma ** (order - 1)),
    };
    const xs: number[] = [];
    for await (const { x } of lms({ order }).walk(denoiser, Float64Array.of(0), levels))
      xs.push(x[0]!);
    expect(xs[4]! - xs[3]!).toBeCloseTo((0.4 ** order - 1.2 ** order) / order, 12);
  },
);

test("lms knows orders 1 to 4", () => {
  expect(() => lms({ order: 5 })).toThrow("lms: order must be 1, 2, 3 or 4, got 5");
});
