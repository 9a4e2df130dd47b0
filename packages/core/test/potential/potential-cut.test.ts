import { expect, test } from "vitest";
import {
  circleCut,
  gaussianMixture,
  generativePotential,
  lineCut,
  type ScoreFunction,
} from "../../src/index.ts";
import { vpLevel } from "../variance-preserving.ts";

const mixture = gaussianMixture({
  weights: [0.4, 0.6],
  means: [
    [1, 0.5, 0],
    [-1, 0, 0.3],
  ],
  covariances: [0.1, 0.2],
});
const level = { ...vpLevel(0.7), timestep: 180 };
const [a, b] = [Float64Array.of(1.1, 0.2, -0.4), Float64Array.of(-0.9, 0.1, 0.6)];
const score: ScoreFunction = (x, at) => mixture.score(x, at);

test("along a line the potential is the difference of the exact one, to second order in the step", async () => {
  const exact = generativePotential(mixture, Float64Array.of(...a, ...b), level);
  const errors: number[] = [];
  for (const points of [101, 201]) {
    const { position, potential } = await lineCut(score, a, b, level, { points });
    expect([position[0], position[points - 1]]).toEqual([0, 1]);
    errors.push(potential[points - 1]! - (exact[1]! - exact[0]!));
  }
  expect(Math.abs(errors[1]!)).toBeLessThan(1e-4);
  expect(errors[0]! / errors[1]!).toBeCloseTo(4, 1);
});

test("the slope is exact at each point, beyond the ends as well", async () => {
  const { position, slope } = await lineCut(score, a, b, level, { from: -0.5, to: 1.5, points: 5 });
  expect([...position]).toEqual([-0.5, 0, 0.5, 1, 1.5]);
  const along = (p: number) => a.map((value, i) => (1 - p) * value + p * b[i]!);
  position.forEach((p, n) => {
    const ends = Float64Array.of(...along(p + 1e-5), ...along(p - 1e-5));
    const [up, down] = generativePotential(mixture, ends, level);
    expect(slope[n]).toBeCloseTo((up! - down!) / 2e-5, 7);
  });
});

test("along a circle too, in one call of the score", async () => {
  let calls = 0;
  const counting: ScoreFunction = async (x, at) => {
    calls++;
    expect(x.length).toBe(2000 * 3);
    expect(at.timestep).toBe(180);
    return mixture.score(x, at);
  };
  const { position, potential } = await circleCut(counting, a, b, level, { points: 2000 });
  expect(calls).toBe(1);
  expect(position[0]).toBeCloseTo(-0.2 * Math.PI, 15);
  expect(position[1999]).toBeCloseTo(0.7 * Math.PI, 14);
  const at = (angle: number) =>
    a.map((value, i) => Math.cos(angle) * value + Math.sin(angle) * b[i]!);
  for (const n of [500, 1999]) {
    const ends = Float64Array.of(...at(position[0]!), ...at(position[n]!));
    const [first, last] = generativePotential(mixture, ends, level);
    expect(potential[n]).toBeCloseTo(last! - first!, 5);
  }
});

test("single-precision images stay so on their way to the network", async () => {
  const seen: unknown[] = [];
  const watching: ScoreFunction = (x, at) => {
    seen.push(x.constructor);
    return mixture.score(x, at);
  };
  await lineCut(watching, Float32Array.from(a), Float32Array.from(b), level);
  expect(seen).toEqual([Float32Array]);
});

test("wrong arguments are named", async () => {
  await expect(lineCut(score, a, b.subarray(1), level)).rejects.toThrow("lineCut: a and b must be");
  await expect(circleCut(score, a, b, level, { points: 1 })).rejects.toThrow(
    "circleCut: points must be an integer of at least 2, got 1",
  );
  await expect(lineCut(score, a, b, { ...level, sigma: 2 })).rejects.toThrow("alpha² + sigma² = 1");
});
