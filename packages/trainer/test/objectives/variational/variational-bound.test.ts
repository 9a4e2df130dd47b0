import { discreteSchedule } from "@symbreak/core";
import {
  add,
  concat,
  constant,
  gradients,
  input,
  interpret,
  mul,
  program,
  reshape,
  type Tensor,
} from "@symbreak/graph";
import { expect, test } from "vitest";
import { type BoundObjective, hybrid, stepRandom, variationalBound } from "../../../src/index.ts";

const schedule = discreteSchedule({ steps: 4, betaStart: 0.1, betaEnd: 0.5 });
const batch = { data: Float32Array.of(-0.2, 0.6, 1, -1), count: 4 };
const TIMES = [1, 2, 3, 1];

/** The inputs of the loss at chosen times, as constants, and the noise. */
function inputsOf(objective: BoundObjective, times: readonly number[]): Record<string, Tensor> {
  const { feeds } = objective.prepareAt(batch, times, stepRandom(1, 0));
  return Object.fromEntries(
    Object.entries(objective.inputs([1])).map(([name, { shape }]) => {
      return [name, constant(Float64Array.from(feeds[name]!), [4, ...shape])];
    }),
  );
}

/** KL(q(x_{t−1}|x_t, x_0) ‖ N(mean, variance)) in bits, by quadrature of the joint Gaussian algebra of the chain. */
function divergence(t: number, x0: number, noise: number, predicted: number, variance: number) {
  const bar = schedule.alphaBars;
  const beta = schedule.betas[t]!;
  const xt = Math.sqrt(bar[t]!) * x0 + Math.sqrt(1 - bar[t]!) * noise;
  // q by Bayes' rule on a grid: N(x_{t−1}; √ᾱ x0, 1 − ᾱ) · N(x_t; √α x_{t−1}, β).
  const guess = (xt - Math.sqrt(1 - bar[t]!) * predicted) / Math.sqrt(bar[t]!);
  const mean =
    (Math.sqrt(bar[t - 1]!) * beta * guess + Math.sqrt(1 - beta) * (1 - bar[t - 1]!) * xt) /
    (1 - bar[t]!);
  let [mass, sum] = [0, 0];
  const entries: [number, number][] = [];
  for (let y = -12; y <= 12; y += 0.002) {
    const a = (y - Math.sqrt(bar[t - 1]!) * x0) ** 2 / (1 - bar[t - 1]!);
    const b = (xt - Math.sqrt(1 - beta) * y) ** 2 / beta;
    const q = Math.exp(-0.5 * (a + b)) * 0.002;
    mass += q;
    entries.push([y, q]);
  }
  for (const [y, q] of entries) {
    if (q === 0) continue;
    const logP = -0.5 * ((y - mean) ** 2 / variance + Math.log(2 * Math.PI * variance));
    sum += (q / mass) * (Math.log(q / mass / 0.002) - logP);
  }
  return sum / Math.LN2;
}

test.each(["learned", "fixedSmall", "fixedLarge"] as const)(
  "terms with %s variance are the KL divergence, by quadrature",
  (variance) => {
    const objective = variationalBound({ schedule, variance });
    const inputs = inputsOf(objective, TIMES);
    const predicted = [0.3, -0.7, 0.1, 1.2];
    const fraction = [0.2, -0.5, 1, -1];
    const output =
      variance === "learned"
        ? constant(
            predicted.flatMap((e, i) => [e, fraction[i]!]),
            [4, 2],
          )
        : constant(predicted, [4, 1]);
    const { perSample } = objective.loss(() => output, inputs, {});
    const found = interpret(program({ perSample }), {}).perSample!;
    const noise = interpret(program({ noise: mul(inputs.noise!, 1) }), {}).noise!;
    TIMES.forEach((t, i) => {
      const beta = schedule.betas[t]!;
      const [bar, before] = [schedule.alphaBars[t]!, schedule.alphaBars[t - 1]!];
      const small = (beta * (1 - before)) / (1 - bar);
      const share = { learned: (fraction[i]! + 1) / 2, fixedSmall: 0, fixedLarge: 1 }[variance];
      const chosen = beta ** share * small ** (1 - share);
      const wanted = divergence(t, batch.data[i]!, noise[i]!, predicted[i]!, chosen);
      expect(found[i]! / 4).toBeCloseTo(wanted, 4);
    });
  },
);

test("a mean on the data and the least variance give the decoder's best at time 0", () => {
  const objective = variationalBound({ schedule });
  const inputs = inputsOf(objective, [0, 0, 0, 0]);
  const output = concat([inputs.noise!, constant([-1, -1, -1, -1], [4, 1])], 1);
  const { perSample } = objective.loss(() => output, inputs, {});
  const found = interpret(program({ perSample }), {}).perSample!;
  const [b0, b1] = schedule.alphaBars;
  const variance = (schedule.betas[1]! * (1 - b0!)) / (1 - b1!);
  // Interior bins are nearly density times width; the open bins at ±1 hold half of everything.
  const density = 2 / 255 / Math.sqrt(2 * Math.PI * variance);
  expect(found[0]! / 4).toBeCloseTo(-Math.log2(density), 3);
  expect(found[2]! / 4).toBeCloseTo(1, 1);
  expect(found[3]! / 4).toBeCloseTo(found[2]! / 4, 6);
});

test("hybrid is the simple loss plus a thousandth of the bound, which does not move the mean", () => {
  const objective = hybrid({ schedule });
  const inputs = inputsOf(objective, TIMES);
  const mean = input("mean", [4, 1]);
  const fraction = input("fraction", [4, 1]);
  const output = concat([mean, fraction], 1);
  const feeds = { mean: [0.3, -0.7, 0.1, 1.2], fraction: [0.2, -0.5, 0.9, -0.1] };
  const { loss, perSample } = objective.loss(() => output, inputs, {});
  const bound = variationalBound({ schedule }).loss(() => output, inputs, {});
  const [toMean, toFraction] = gradients(loss, [mean, fraction]);
  const boundSlope = gradients(bound.loss, [fraction])[0]!;
  const found = interpret(
    program({
      toMean: toMean!,
      toFraction: toFraction!,
      perSample,
      bound: bound.perSample,
      boundSlope,
      noise: add(reshape(inputs.noise!, [4]), 0),
    }),
    feeds,
  );
  for (let i = 0; i < 4; i++) {
    const error = feeds.mean[i]! - found.noise![i]!;
    expect(found.toMean![i]).toBeCloseTo((2 * error) / 4, 6);
    expect(found.toFraction![i]).toBeCloseTo(0.001 * found.boundSlope![i]!, 9);
    expect(found.perSample![i]).toBeCloseTo(error ** 2 + 0.001 * found.bound![i]!, 6);
  }
});

test("a network with the wrong number of channels is refused", () => {
  const objective = variationalBound({ schedule });
  const inputs = inputsOf(objective, TIMES);
  expect(() => objective.loss(() => inputs.noise!, inputs, {})).toThrow(
    "with learned variance the network must give 2 channels, got 1",
  );
});
