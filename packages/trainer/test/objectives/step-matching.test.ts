import { CLEAN, convert, discreteSchedule, levelAt, type NoiseLevel } from "@symbreak/core";
import { expect, test } from "vitest";
import { stepMatching } from "../../src/objectives/step-matching.ts";
import { stepRandom } from "../../src/objectives/step-random.ts";

const schedule = discreteSchedule();
const levels = [...[550, 300, 130].map((t) => levelAt(schedule, t)), CLEAN];
const wave = (length: number, speed: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(1 + speed * i));

/** One deterministic step of DDIM from a clean sample's estimate. */
function ddimStep(x: Float64Array, sample: Float64Array, from: NoiseLevel, to: NoiseLevel) {
  const noise = convert(sample, x, from, "sample", "epsilon");
  return x.map((_, j) => to.alpha * sample[j]! + to.sigma * noise[j]!);
}

test.each(["epsilon", "sample", "v", "flow"] as const)(
  "a student whose %s is the target ends each step where the teacher did",
  (prediction) => {
    const size = 4;
    const data = wave(6 * 2 * size, 0.7);
    const objective = stepMatching({ levels, prediction });
    const { feeds, positions } = objective.prepare({ data, count: 6 }, stepRandom(1, 0));
    const { x, target, timestep } = feeds as Record<string, Float32Array>;
    for (let i = 0; i < 6; i++) {
      const [from, to] = [levels[i % 3]!, levels[(i % 3) + 1]!];
      const begin = Float64Array.from(data.subarray(2 * i * size, (2 * i + 1) * size));
      const end = data.subarray((2 * i + 1) * size, (2 * i + 2) * size);
      expect(Array.from(x!.subarray(i * size, (i + 1) * size))).toEqual(Array.from(begin));
      expect(timestep![i]).toBe(from.timestep);
      const said = Float64Array.from(target!.subarray(i * size, (i + 1) * size));
      const sample = convert(said, begin, from, prediction, "sample");
      const reached = ddimStep(begin, sample, from, to);
      for (const [j, value] of reached.entries()) expect(value).toBeCloseTo(end[j]!, 4);
    }
    expect(Array.from(positions.subarray(0, 3))).toEqual(
      [5 / 6, 0.5, 1 / 6].map((place) => expect.closeTo(place, 12)),
    );
  },
);

test("all predictions have one loss: the clean sample's error, at least as much as the noise's", () => {
  const size = 2;
  const data = wave(3 * 2 * size, 0.3);
  for (const prediction of ["epsilon", "sample", "v", "flow"] as const) {
    const objective = stepMatching({ levels, prediction });
    const { feeds } = objective.prepare({ data, count: 3 }, stepRandom(1, 0));
    for (let k = 0; k < 3; k++) {
      const from = levels[k]!;
      // What an error of 0.1 of the prediction does to the clean sample.
      const none = convert(new Float64Array(1), new Float64Array(1), from, prediction, "sample");
      const some = convert(Float64Array.of(0.1), new Float64Array(1), from, prediction, "sample");
      const snr = (from.alpha / from.sigma) ** 2;
      const wanted = Math.max(snr, 1) * (some[0]! - none[0]!) ** 2;
      expect((feeds.weight![k]! * 0.01) / wanted).toBeCloseTo(1, 5);
    }
  }
});

test("a step's loss counts as it is told to", () => {
  const data = wave(6 * 2, 0.3);
  const weightsOf = (counts?: number[]) => {
    const objective = stepMatching({ levels, ...(counts && { counts }) });
    return Array.from(objective.prepare({ data, count: 6 }, stepRandom(1, 0)).feeds.weight!);
  };
  const plain = weightsOf();
  for (const [i, weight] of weightsOf([12, 1, 0.5]).entries())
    expect(weight / plain[i]!).toBeCloseTo([12, 1, 0.5][i % 3]!, 5);
  for (const counts of [
    [1, 2],
    [1, 0, 1],
  ])
    expect(() => stepMatching({ levels, counts })).toThrow("counts must be 3 positive numbers");
});

test("with ends last a call whose answer is the target leads to the walk's end at once", () => {
  const size = 3;
  const data = wave(3 * 2 * size, 0.5);
  const objective = stepMatching({ levels, prediction: "v", ends: "last" });
  const { feeds } = objective.prepare({ data, count: 3 }, stepRandom(1, 0));
  const { target } = feeds as Record<string, Float32Array>;
  for (let k = 0; k < 3; k++) {
    const begin = Float64Array.from(data.subarray(2 * k * size, (2 * k + 1) * size));
    const said = Float64Array.from(target!.subarray(k * size, (k + 1) * size));
    const sample = convert(said, begin, levels[k]!, "v", "sample");
    for (let j = 0; j < size; j++) expect(sample[j]).toBeCloseTo(data[(2 * k + 1) * size + j]!, 4);
  }
  expect(() => stepMatching({ levels, ends: "first" as never })).toThrow('ends must be "next"');
});

test("levels that do not descend are refused", () => {
  expect(() => stepMatching({ levels: [levels[1]!, levels[0]!] })).toThrow("must be at least two");
  expect(() => stepMatching({ levels: [CLEAN] })).toThrow("must be at least two, and descend");
});
