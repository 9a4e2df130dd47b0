import { discreteSchedule } from "@symbreak/core";
import { interpret } from "@symbreak/graph";
import { expect, test } from "vitest";
import {
  bitsPerDim,
  initialise,
  lossProgram,
  mlp,
  packWeights,
  variationalBound,
} from "../../../src/index.ts";
import { layoutOf } from "../../../src/step/layout.ts";

test("a network that knows nothing has the bits that its noise is worth, term by term", async () => {
  const schedule = discreteSchedule({ steps: 6, betaStart: 0.05, betaEnd: 0.7 });
  const model = mlp({ size: 2, width: 4, depth: 1, timeFeatures: 4 });
  const objective = variationalBound({ schedule, variance: "fixedSmall" });
  const batch = { data: Float32Array.of(0.2, -0.6, 0.4, 0), count: 2 };
  const graph = lossProgram({ model, objective, batch: 2 });
  // The first weights predict zero noise: the mean of p is off by meanPerNoise · ε.
  const parameters = packWeights(layoutOf(model.parameters), initialise(model, 1));
  const noise: number[][] = [];
  const run = async (feeds: Readonly<Record<string, ArrayLike<number>>>) => {
    noise.push(Array.from(feeds.noise!));
    return interpret(graph, { ...feeds, parameters }).perSample!;
  };
  const { bits, terms, prior } = await bitsPerDim(objective, run, batch);
  expect(noise.length).toBe(6);
  for (let t = 1; t < 6; t++) {
    const [bar, before] = [schedule.alphaBars[t]!, schedule.alphaBars[t - 1]!];
    const beta = schedule.betas[t]!;
    // ½ Δμ²/β̃ with Δμ = β ε/√(α (1 − ᾱ)).
    const perNoise = (0.5 * beta) / ((1 - beta) * (1 - before));
    const square = noise[t]!.reduce((sum, e) => sum + e * e, 0) / 4;
    expect(terms[t]).toBeCloseTo((perNoise * square) / Math.LN2, 6);
    expect(bar).toBeLessThan(before);
  }
  const last = schedule.alphaBars[5]!;
  const energy = Array.from(batch.data).reduce((sum, x) => sum + x * x, 0) / 4;
  expect(prior).toBeCloseTo((0.5 * (last * energy - last - Math.log(1 - last))) / Math.LN2, 6);
  const total = terms.reduce((sum, term) => sum + term, prior);
  expect((bits[0]! + bits[1]!) / 2).toBeCloseTo(total, 10);
});
