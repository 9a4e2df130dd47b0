import { convert, discreteSchedule, levelAt, type Prediction, toSample } from "@symbreak/core";
import { expect, test } from "vitest";
import { simple, stepRandom } from "../../src/index.ts";
import { denoising, noiseErrorPer } from "../../src/objectives/denoising.ts";

const schedule = discreteSchedule();
const predictions: Prediction[] = ["epsilon", "v", "sample", "score"];

test.each(predictions)("the %s target is what gives the clean sample back", (prediction) => {
  const level = { alpha: 0.8, sigma: 1.3, timestep: 7 };
  const objective = denoising({ name: "test", prediction, level: () => level, weight: () => 2 });
  const data = Float32Array.of(0.5, -1, 2, 0.25);
  const { feeds } = objective.prepare({ data, count: 2 }, stepRandom(1, 0));
  const found = toSample(feeds.target as Float32Array, feeds.x as Float32Array, level, prediction);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(data[i]!, 5);
  });
  expect(feeds.timestep).toEqual(Float32Array.of(7, 7));
  expect(feeds.weight).toEqual(Float32Array.of(2, 2));
});

test.each(predictions)("an error of the %s is an error of the noise, converted", (prediction) => {
  const level = { alpha: 0.8, sigma: 1.3, timestep: 0 };
  const x = Float64Array.of(0.4, 0.4);
  const [a, b] = convert(Float64Array.of(1, 2), x, level, prediction, "epsilon");
  expect(noiseErrorPer(prediction, level)).toBeCloseTo((b! - a!) ** 2, 12);
});

test("min-SNR weights are those of Hang et al. for each prediction", () => {
  const weightOf = (prediction: "epsilon" | "v" | "sample", timestep: number): number => {
    const objective = simple({ schedule, prediction, minSnr: 5 });
    const u = (timestep + 0.5) / 1000;
    const random = { ...stepRandom(1, 0), uniform: () => Float64Array.of(u) };
    const { feeds } = objective.prepare({ data: Float32Array.of(1), count: 1 }, random);
    expect(feeds.timestep![0]).toBe(timestep);
    return feeds.weight![0]!;
  };
  for (const timestep of [0, 100, 400, 999]) {
    const { alpha, sigma } = levelAt(schedule, timestep);
    const snr = (alpha / sigma) ** 2;
    const capped = Math.min(snr, 5);
    expect(weightOf("sample", timestep) / capped).toBeCloseTo(1, 5);
    expect(weightOf("epsilon", timestep) / (capped / snr)).toBeCloseTo(1, 5);
    expect(weightOf("v", timestep) / (capped / (snr + 1))).toBeCloseTo(1, 5);
  }
});

test("importance-sampled times visit what errs most, and weigh it so much less", () => {
  const short = discreteSchedule({ steps: 4 });
  const objective = simple({ schedule: short, importance: true });
  const prepare = (step: number) =>
    objective.prepare({ data: new Float32Array(400), count: 400 }, stepRandom(1, step));
  // Errors of 1, 2, 3 and 4 at the four times.
  for (let step = 0; step < 2; step++) {
    const prepared = prepare(step);
    const errors = Array.from(prepared.feeds.timestep!, (t) => t + 1);
    objective.memory!.observe(prepared, errors);
  }
  const { feeds, positions } = prepare(2);
  const counts = [0, 1, 2, 3].map((t) => feeds.timestep!.filter((other) => other === t).length);
  const shares = [1, 2, 3, 4].map((error) => 0.9 * (error / 10) + 0.1 / 4);
  counts.forEach((count, t) => {
    expect(Math.abs(count - 400 * shares[t]!)).toBeLessThan(2);
    const at = feeds.timestep!.indexOf(t);
    expect(feeds.weight![at]).toBeCloseTo(1 / (4 * shares[t]!), 5);
    expect(positions[at]).toBe((t + 0.5) / 4);
  });
  // The weighted mean of anything is the plain mean over times: here of 1 and of the index.
  const mean = (of: (t: number) => number) =>
    Array.from(feeds.timestep!, (t, i) => feeds.weight![i]! * of(t)).reduce((a, b) => a + b) / 400;
  expect(Math.abs(mean(() => 1) - 1)).toBeLessThan(0.02);
  expect(Math.abs(mean((t) => t) - 1.5)).toBeLessThan(0.03);
});

test("what is remembered counts with its weight", () => {
  const objective = simple({ schedule, minSnr: 5, importance: true });
  const prepared = objective.prepare({ data: new Float32Array(8), count: 8 }, stepRandom(1, 0));
  objective.memory!.observe(prepared, new Float32Array(8).fill(1));
  const saved = objective.memory!.save();
  const times = Array.from(prepared.feeds.timestep!);
  times.forEach((t, i) => {
    expect(saved[t * 10]).toBeCloseTo(prepared.feeds.weight![i]!, 5);
  });
  expect(simple({ schedule }).memory).toBeUndefined();
});
