import { constant, gradients, interpret, program, sum } from "@symbreak/graph";
import { expect, test } from "vitest";
import { discretisedGaussian } from "../../../src/objectives/variational/discretised-gaussian.ts";

const VALUES = Float64Array.from({ length: 256 }, (_, v) => (v * 2) / 255 - 1);

function logProbabilities(mean: number, deviation: number): Float64Array {
  const value = constant(VALUES);
  const away = constant(VALUES.map((x) => x - mean));
  const result = discretisedGaussian(value, away, constant(2 * Math.log(deviation)));
  return interpret(program({ result }), {}).result!;
}

test.each([
  [0, 0.01],
  [0.3, 0.2],
  [-1, 0.05],
  [1.3, 0.4],
])("the 256 bins of N(%d, %d²) have probability one together", (mean, deviation) => {
  const total = logProbabilities(mean, deviation).reduce((sum, l) => sum + Math.exp(l), 0);
  expect(total).toBeCloseTo(1, 6);
});

test("a bin's probability is the density integrated over it", () => {
  const [mean, deviation] = [0.1, 0.07];
  const found = logProbabilities(mean, deviation);
  for (const v of [60, 120, 140, 170]) {
    const n = 200;
    let integral = 0;
    for (let k = 0; k < n; k++) {
      const x = VALUES[v]! + ((k + 0.5) / n - 0.5) * (2 / 255);
      const z = (x - mean) / deviation;
      integral += ((2 / 255 / n) * Math.exp(-z * z * 0.5)) / (deviation * Math.sqrt(2 * Math.PI));
    }
    expect(found[v]).toBeCloseTo(Math.log(integral), 5);
  }
});

test("a mean that is far off is still pulled back, where a difference of two tails would be zero", () => {
  const away = constant([1.5, -1.5]);
  const result = discretisedGaussian(constant([0.5, -0.5]), away, constant(-10));
  const slope = gradients(sum(result), [away])[0]!;
  const found = interpret(program({ result, slope }), {});
  // −d²/(2σ²) and its slope −d/σ² at the bin's near edge.
  const edge = 1.5 - 1 / 255;
  expect(found.slope![0]! / (-edge * Math.exp(10))).toBeCloseTo(1, 3);
  expect(found.slope![1]).toBeCloseTo(-found.slope![0]!, 3);
  expect(found.result![0]! / (-0.5 * edge ** 2 * Math.exp(10))).toBeCloseTo(1, 3);
});
