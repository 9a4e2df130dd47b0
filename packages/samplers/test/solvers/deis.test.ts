import { CLEAN } from "@symbreak/core";
import { expect, test } from "vitest";
import { ddim, deis } from "../../src/index.ts";
import { evenLevels, finalSamples, finalStep, mixtureDenoiser } from "./runs.ts";

const X = Float64Array.of(-1.5, 0.2, 0.8);

test("first-order deis is ddim", async () => {
  const walk = [...evenLevels(5).slice(0, -1), CLEAN];
  const one = await finalSamples(deis({ order: 1 }).walk(mixtureDenoiser(), X, walk));
  const other = await finalSamples(ddim().walk(mixtureDenoiser(), X, walk));
  one.forEach((value, i) => {
    expect(value).toBeCloseTo(other[i]!, 12);
  });
});

test.for([2, 3])(
  "deis of order %d integrates a slope polynomial in log rho exactly",
  async (order) => {
    // dX/dρ = (ln ρ)^{order − 1}, from where there is enough history.
    const levels = [8, 5, 3, 2, 1.2].map((sigma, i) => ({ alpha: 1, sigma, timestep: i }));
    const denoiser = {
      shape: [1],
      predicts: "epsilon" as const,
      predict: async (_x: unknown, { sigma }: { sigma: number }) =>
        Float64Array.of(Math.log(sigma) ** (order - 1)),
    };
    const xs: number[] = [];
    for await (const { x } of deis({ order, lowerOrderFinal: false }).walk(
      denoiser,
      Float64Array.of(0),
      levels,
    ))
      xs.push(x[0]!);
    const antiderivative = (r: number) => {
      const l = Math.log(r);
      return order === 2 ? r * (l - 1) : r * (l * l - 2 * l + 2);
    };
    // Steps 3 → 2 and 2 → 1.2 have the full history.
    expect(xs[3]! - xs[2]!).toBeCloseTo(antiderivative(1.2) - antiderivative(2), 12);
    expect(xs[2]! - xs[1]!).toBeCloseTo(antiderivative(2) - antiderivative(3), 12);
  },
);

test("deis takes the step to clean data at first order", async () => {
  const walk = [...evenLevels(6).slice(0, -1), CLEAN];
  const solver = deis({ order: 3, lowerOrderFinal: false });
  const { x, denoised } = await finalStep(solver.walk(mixtureDenoiser(), X, walk));
  x.forEach((value, i) => {
    expect(value).toBeCloseTo(denoised[i]!, 12);
  });
});
