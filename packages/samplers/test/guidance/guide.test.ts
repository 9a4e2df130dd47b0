import { convert, discreteSchedule, levelAt, type Prediction, type Samples } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import type { Denoiser } from "../../src/denoiser.ts";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { guide } from "../../src/guidance/guide.ts";
import { classGradient, mixture, states } from "./mixture.ts";

const schedule = discreteSchedule();
const chosen = mixture.conditional([1, 3]);
const KINDS: Prediction[] = ["epsilon", "v", "sample", "score"];

/** The mixture's denoiser as a network that predicts another quantity. */
function predicting(kind: Prediction): Denoiser {
  const exact = exactDenoiser(mixture);
  return {
    shape: [2],
    predicts: kind,
    predict: async (x, level) => convert(await exact.predict(x, level), x, level, "sample", kind),
  };
}

function largestGap(a: Samples, b: Samples): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

describe("guide", () => {
  for (const kind of KINDS)
    test(`at scale 1 makes the conditional score of a mixture, whatever is predicted: ${kind}`, async () => {
      const guided = guide(predicting(kind), classGradient(chosen));
      expect(guided.predicts).toBe(kind);
      for (const index of [10, 100, 300, 600]) {
        const level = levelAt(schedule, index);
        const x = states(level);
        const out = await guided.predict(x, level);
        const score = convert(out, x, level, kind, "score");
        expect(largestGap(score, chosen.score(x, level))).toBeLessThan(1e-10);
      }
    });

  test("is epsilon − sigma · scale · gradient for DDIM", async () => {
    const level = levelAt(schedule, 300);
    const x = states(level);
    const guided = await guide(predicting("epsilon"), classGradient(chosen), {
      scale: 2.5,
    }).predict(x, level);
    const plain = await predicting("epsilon").predict(x, level);
    const gradient = await classGradient(chosen)(x, level, {});
    const expected = plain.map((value, i) => value - level.sigma * 2.5 * gradient[i]!);
    expect(largestGap(guided, expected)).toBeLessThan(1e-13);
  });

  test("leaves the denoiser alone outside its interval, and does not ask for the gradient there", async () => {
    let asked = 0;
    const gradient = async (x: Samples) => {
      asked++;
      return x;
    };
    const [noisiest, cleanest] = [levelAt(schedule, 500), levelAt(schedule, 200)];
    const guided = guide(predicting("sample"), gradient, { interval: { noisiest, cleanest } });
    for (const [index, acts] of [
      [501, false],
      [500, true],
      [201, true],
      [200, false],
      [3, false],
    ] as const) {
      asked = 0;
      const level = levelAt(schedule, index);
      const x = states(level);
      const out = await guided.predict(x, level);
      expect(asked).toBe(acts ? 1 : 0);
      expect(largestGap(out, mixture.denoise(x, level)) > 0).toBe(acts);
    }
  });

  test("does not touch the channels of a learned variance", async () => {
    const network: Denoiser = {
      shape: [2],
      predicts: "epsilon",
      variance: "learned",
      predict: async () => Float64Array.of(1, 2, 30, 40, 5, 6, 70, 80),
    };
    const level = { alpha: 0.8, sigma: 0.6, timestep: 3 };
    const guided = guide(network, async () => Float64Array.of(1, 0, 0, 1));
    const out = await guided.predict(new Float64Array(4), level);
    expect(Array.from(out)).toEqual([1 - 0.6, 2, 30, 40, 5, 6 - 0.6, 70, 80]);
  });

  test("refuses a gradient of another size and a scale that is not finite", async () => {
    const guided = guide(predicting("score"), async () => new Float64Array(3));
    const run = guided.predict(new Float64Array(4), levelAt(schedule, 9));
    await expect(run).rejects.toThrow("guide: the gradient must have the 4 values of x, got 3");
    expect(() => guide(predicting("score"), classGradient(chosen), { scale: Number.NaN })).toThrow(
      "scale must be finite",
    );
  });
});
