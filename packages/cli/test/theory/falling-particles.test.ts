import { gaussianMixture } from "@symbreak/core";
import { expect, test } from "vitest";
import { cutsOf, fallingParticles } from "../../src/theory/falling-particles.ts";

const deltas = gaussianMixture({ weights: [3, 1], means: [[1], [-1]], covariances: [0, 0] });

test("particles end at the data, on each side as often as its weight", async () => {
  const { times, paths } = await fallingParticles(deltas, { late: 2, count: 400, seed: 3 });
  expect(times[0]).toBe(2);
  expect(times.at(-1)).toBeCloseTo(1e-3, 12);
  for (const { x, decision } of paths) {
    expect(x).toHaveLength(times.length);
    expect(Math.abs(x.at(-1)! - decision)).toBeLessThan(0.3);
  }
  const up = paths.filter(({ decision }) => decision === 1).length / 400;
  expect(Math.abs(up - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 400));
});

test("a cut has each particle on its potential, where its path is at that amplitude", async () => {
  const particles = await fallingParticles(deltas, { late: 2, count: 5, seed: 1 });
  const [cut] = cutsOf(deltas, particles, [0.8], 2);
  const at = particles.times.findIndex((time) => Math.exp(-time) >= 0.8);
  expect(cut!.label).toBe("θ = 0.8");
  expect(cut!.particles!.map(({ x }) => x)).toEqual(particles.paths.map(({ x }) => x[at]));
  const interpolate = (x: number) => {
    const grid = Array.from(cut!.x);
    const i = grid.findIndex((g) => g > x) - 1;
    const share = (x - grid[i]!) / (grid[i + 1]! - grid[i]!);
    return (1 - share) * cut!.u[i]! + share * cut!.u[i + 1]!;
  };
  for (const { x, u } of cut!.particles!.filter((particle) => Math.abs(particle.x) < 1.9))
    expect(u).toBeCloseTo(interpolate(x), 2);
});
