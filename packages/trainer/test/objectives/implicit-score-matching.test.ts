import { constant, input, interpret, matmul, program, tanh } from "@symbreak/graph";
import { describe, expect, test } from "vitest";
import { implicitScoreMatching } from "../../src/objectives/implicit-score-matching.ts";
import type { Network, Objective } from "../../src/objectives/objective.ts";
import { scoreMatching } from "../../src/objectives/score-matching.ts";
import { stepRandom } from "../../src/objectives/step-random.ts";

const SIGMA = 0.6;
const SIGMAS = [SIGMA];
const VARIANCES = [1.7, 0.2] as const;
const COUNT = 20_000;
const data = new Float32Array(2 * COUNT);
stepRandom(8, 0).normal(data, 2, "noise");
for (let i = 0; i < data.length; i++) data[i]! *= Math.sqrt(VARIANCES[i % 2]!);

/** The loss of a network over the data, at the same noise every time, and its standard error. */
function lossOf(objective: Objective, network: Network): { mean: number; error: number } {
  const { feeds } = objective.prepare({ data, count: COUNT }, stepRandom(1, 0));
  const inputs = Object.fromEntries(
    Object.entries(objective.inputs([2])).map(([name, { shape }]) => {
      return [name, input(name, [COUNT, ...shape])];
    }),
  );
  const { loss, perSample } = objective.loss(network, inputs, {});
  const found = interpret(program({ loss, perSample }), feeds);
  const mean = found.perSample!.reduce((a, b) => a + b) / COUNT;
  const square = found.perSample!.reduce((sum, l) => sum + (l - mean) ** 2, 0) / COUNT;
  return { mean: found.loss![0]!, error: Math.sqrt(square / COUNT) };
}

/** s(x) = −(a x₁ + c x₂, c x₁ + b x₂). */
const linear =
  (a: number, b: number, c = 0): Network =>
  (x) =>
    matmul(x, constant([-a, -c, -c, -b], [2, 2]));
const [v1, v2] = [VARIANCES[0] + SIGMA ** 2, VARIANCES[1] + SIGMA ** 2];

describe.each(["sliced", "exact"] as const)("%s divergence", (divergence) => {
  const objective = implicitScoreMatching({ sigmas: SIGMAS, divergence });

  test("a linear score has the loss of the closed form", () => {
    for (const [a, b, c] of [
      [1 / v1, 1 / v2, 0],
      [1, 1, 0],
      [0.3, 2, 0.5],
    ] as const) {
      // 1 + 2 sigma²/d (tr ∇s + ½ E|s|²) at d = 2, with the variances of the noised data.
      const square = (a ** 2 + c ** 2) * v1 + (b ** 2 + c ** 2) * v2;
      const wanted = 1 + SIGMA ** 2 * (-(a + b) + square / 2);
      const { mean, error } = lossOf(objective, linear(a, b, c));
      expect(Math.abs(mean - wanted)).toBeLessThan(4 * error);
    }
  });

  test("the exact score of a Gaussian has the least", () => {
    const at = (factor: number) => lossOf(objective, linear(factor / v1, factor / v2)).mean;
    expect(at(1.1)).toBeGreaterThan(at(1));
    expect(at(0.9)).toBeGreaterThan(at(1));
  });

  test("in expectation it is the denoising loss of the same network, which is not linear", () => {
    const network: Network = (x) => tanh(matmul(x, constant([-1.2, 0.4, 0.3, -0.8], [2, 2])));
    const implicit = lossOf(objective, network);
    const denoising = scoreMatching({ sigmas: SIGMAS });
    const explicit = lossOf(denoising, network);
    const noise = 4 * Math.hypot(implicit.error, SIGMA ** 2 * explicit.error);
    expect(Math.abs(implicit.mean - explicit.mean)).toBeLessThan(noise);
  });
});

test("directions of signs have the exact divergence where coordinates do not mix", () => {
  const [sliced, exact] = (["sliced", "exact"] as const).map((divergence) =>
    lossOf(implicitScoreMatching({ sigmas: SIGMAS, divergence }), linear(0.7, 1.3)),
  );
  expect(sliced!.mean).toBeCloseTo(exact!.mean, 9);
});

test("scales that do not descend, and other divergences, are refused", () => {
  expect(() => implicitScoreMatching({ sigmas: [1, 2] })).toThrow("must be positive and descend");
  expect(() => implicitScoreMatching({ divergence: "none" as never })).toThrow('got "none"');
  expect(() => implicitScoreMatching({ scales: 3 } as never)).toThrow('got "scales"');
});
