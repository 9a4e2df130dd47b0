import { discreteSchedule, levelAt, levels, type NoiseLevel, timesteps } from "@symbreak/core";
import { expect, test } from "vitest";
import { clip, ddim, euler } from "../../src/index.ts";
import { evenLevels, finalSamples, finalStep, gaussianDenoiser, mixtureDenoiser } from "./runs.ts";

const SCHEDULE = discreteSchedule();
const late = (start: number, steps: number) =>
  levels(SCHEDULE, timesteps("late", steps, { start }));

/** Angle of a level for an eigenvalue of the data: atan2(alpha √variance, sigma). */
const angle = ({ alpha, sigma }: NoiseLevel, variance: number) =>
  Math.atan2(alpha * Math.sqrt(variance), sigma);

test.for([25, 1, 0.01])(
  "ddim multiplies the deviation by the cosine of the angle step (variance %d)",
  async (variance) => {
    const walk = late(900, 7);
    const { alpha, sigma } = walk[0]!;
    const deviation = Math.hypot(alpha * Math.sqrt(variance), sigma);
    const start = Float64Array.of(alpha + deviation);
    const [end] = await finalSamples(ddim().walk(gaussianDenoiser(1, variance), start, walk));
    const psi = walk.map((level) => angle(level, variance));
    const cosines = psi.slice(1).reduce((p, next, i) => p * Math.cos(next - psi[i]!), 1);
    expect(Math.abs(end! - 1 - Math.sqrt(variance) * cosines)).toBeLessThan(1e-12);
  },
);

test.for([
  // Final variance over the data's, from a Gaussian start at 400 and at 600.
  { steps: 3, variance: 25, at400: 0.9229, at600: 0.6004 },
  { steps: 5, variance: 1, at400: 0.7297, at600: 0.5785 },
  { steps: 10, variance: 1, at400: 0.8706, at600: 0.7878 },
])(
  "ddim shrinks Gaussian data as tabulated: $steps steps, variance $variance",
  async ({ steps, variance, at400, at600 }) => {
    for (const [start, wanted] of [
      [400, at400],
      [600, at600],
    ] as const) {
      const walk = late(start, steps);
      const { alpha, sigma } = walk[0]!;
      const x = Float64Array.of(Math.hypot(alpha * Math.sqrt(variance), sigma));
      const [end] = await finalSamples(ddim().walk(gaussianDenoiser(0, variance), x, walk));
      expect(end! ** 2 / variance).toBeCloseTo(wanted, 4);
    }
  },
);

test("ddim with eta = 1 follows the closed recursion of mean and variance", async () => {
  const [mean, variance, steps] = [1, 5, 6];
  const walk = late(800, steps);
  let deviation = 0.4;
  let spread = 0;
  walk.slice(1).forEach((to, i) => {
    const [a, next] = [walk[i]!.alpha ** 2, to.alpha ** 2];
    const added = (1 - a / next) * ((1 - next) / (1 - a));
    const total = a * variance + 1 - a;
    const factor =
      (Math.sqrt(a * next) * variance + Math.sqrt((1 - next - added) * (1 - a))) / total;
    spread = factor ** 2 * spread + added;
    deviation *= factor;
  });
  const denoiser = gaussianDenoiser(mean, variance);
  const run = async (start: number, source: number) => {
    const x = Float64Array.of(walk[0]!.alpha * mean + start);
    const noise = (out: Float32Array | Float64Array, _size: number, draw: number) => {
      out.fill(draw === source ? 1 : 0);
    };
    return (await finalSamples(ddim({ eta: 1 }).walk(denoiser, x, walk, { noise })))[0]! - mean;
  };
  expect(Math.abs((await run(0.4, 0)) - deviation)).toBeLessThan(1e-12);
  let sum = 0;
  for (let draw = 1; draw <= steps; draw++) sum += (await run(0, draw)) ** 2;
  expect(Math.abs(sum - spread)).toBeLessThan(1e-12);
});

test("without eta ddim and euler are one algorithm", async () => {
  const start = Float64Array.of(-1.2, 0.3, 0.9);
  const a = await finalSamples(ddim().walk(mixtureDenoiser(), start, evenLevels(8)));
  const b = await finalSamples(euler().walk(mixtureDenoiser(), start, evenLevels(8)));
  a.forEach((value, i) => {
    expect(value).toBeCloseTo(b[i]!, 12);
  });
});

test("after clipping, epsilon follows x0, unless it is asked to stay", async () => {
  const [from, to] = [levelAt(SCHEDULE, 500), levelAt(SCHEDULE, 300)];
  const denoiser = {
    shape: [1],
    predicts: "sample" as const,
    predict: async () => Float64Array.of(3),
  };
  const x = Float64Array.of(2);
  const run = (keepEpsilon: boolean) =>
    finalStep(
      ddim().walk(denoiser, x, [from, to], { threshold: clip(1), quirks: { keepEpsilon } }),
    );
  const move = (x0: number) => to.alpha + (to.sigma * (2 - from.alpha * x0)) / from.sigma;
  expect((await run(false)).x[0]).toBeCloseTo(move(1), 14);
  expect((await run(true)).x[0]).toBeCloseTo(move(3), 14);
  expect((await run(true)).denoised[0]).toBe(1);
});

test("ddim starts at zero terminal SNR if the network predicts v", async () => {
  const zero = discreteSchedule({ zeroTerminalSnr: true });
  const walk = levels(zero, timesteps("trailing", 4));
  expect(walk[0]!.alpha).toBe(0);
  const denoiser = { ...gaussianDenoiser(0.5, 1) };
  const run = finalSamples(ddim().walk(denoiser, Float64Array.of(1.5), walk));
  expect(Number.isFinite((await run)[0])).toBe(true);
});

test("ddim rejects an eta outside [0, 1]", () => {
  expect(() => ddim({ eta: 2 })).toThrow("ddim: eta must lie in [0, 1], got 2");
});
