import { describe, expect, test } from "vitest";
import { dormandPrince } from "../../src/sde/dormand-prince.ts";

/** Van der Pol's oscillator with mu = 5, and how often it was asked. */
function oscillator(): {
  slope: (t: number, y: Float64Array) => Promise<Float64Array>;
  counter: { calls: number };
} {
  const counter = { calls: 0 };
  const slope = async (_t: number, y: Float64Array) => {
    counter.calls++;
    return Float64Array.of(y[1]!, 5 * (1 - y[0]! ** 2) * y[1]! - y[0]!);
  };
  return { slope, counter };
}

describe("dormandPrince", () => {
  // scipy 1.17.1: solve_ivp(f, [t0, t1], y0, rtol=, atol=): .y[:, -1], .nfev
  test("takes scipy's steps, forwards and backwards", async () => {
    const forwards = oscillator();
    const tight = { rtol: 1e-6, atol: 1e-8 };
    const there = await dormandPrince(forwards.slope, Float64Array.of(2, 0), 0, 10, tight);
    expect(there.y[0]!).toBeCloseTo(-1.15870063042779, 12);
    expect(there.y[1]!).toBeCloseTo(0.430470545172043, 12);
    expect(forwards.counter.calls).toBe(944);
    const backwards = oscillator();
    const loose = { rtol: 1e-4, atol: 1e-6 };
    const back = await dormandPrince(backwards.slope, Float64Array.of(1, 0.5), 3, 0, loose);
    expect(back.y[0]!).toBeCloseTo(0.291026854934724, 12);
    expect(back.y[1]!).toBeCloseTo(0.06795488691522687, 12);
    expect(backwards.counter.calls).toBe(98);
  });

  test("is of fifth order where the step is held fixed", async () => {
    const slope = async (t: number, y: Float64Array) => y.map((value) => value * Math.cos(t));
    const exact = Math.exp(Math.sin(0.5));
    const errorOf = async (h: number) => {
      // A tolerance that any step meets, and an interval of one step.
      let y: Float64Array = Float64Array.of(1);
      for (let t = 0; t < 0.5 - 1e-9; t += h) {
        const options = { rtol: 1, atol: 1, firstStep: h };
        y = (await dormandPrince(slope, y, t, t + h, options)).y;
      }
      return Math.abs(y[0]! - exact);
    };
    expect(Math.log2((await errorOf(0.25)) / (await errorOf(0.125)))).toBeGreaterThan(4.7);
  });

  test("reports local errors that cover the real one", async () => {
    const slope = async (_t: number, y: Float64Array) => y.map((value) => -value);
    for (const tolerance of [1e-3, 1e-6, 1e-9]) {
      const { y, error } = await dormandPrince(slope, Float64Array.of(1), 0, 5, {
        rtol: tolerance,
        atol: tolerance,
      });
      expect(Math.abs(y[0]! - Math.exp(-5))).toBeLessThan(error[0]!);
      expect(error[0]!).toBeLessThan(100 * tolerance);
    }
  });

  test("gives up with the place and what to do", async () => {
    const slope = async (t: number, y: Float64Array) => y.map(() => 1 / (1 - t) ** 2);
    const run = dormandPrince(slope, Float64Array.of(0), 0, 1.5, { rtol: 1e-6, atol: 1e-6 });
    await expect(run).rejects.toThrow(/dormandPrince: no progress at t = 0\.99.*loosen/);
  });
});
