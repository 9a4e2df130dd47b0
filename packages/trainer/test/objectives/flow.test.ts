import { expect, test } from "vitest";
import { flowMatching } from "../../src/objectives/flow.ts";
import { stepRandom } from "../../src/objectives/step-random.ts";

const COUNT = 4096;
const data = Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i));
const feedsOf = (options: Parameters<typeof flowMatching>[0] = {}) =>
  flowMatching(options).prepare({ data, count: COUNT }, stepRandom(1, 0)).feeds as Record<
    string,
    Float32Array
  >;

test("x − t·velocity is the clean sample, and x + (1 − t)·velocity the noise", () => {
  const { x, target, timestep } = feedsOf({ timeScale: 1 });
  const noise = new Float32Array(COUNT);
  stepRandom(1, 0).normal(noise, 1, "noise");
  for (let i = 0; i < COUNT; i += 31) {
    expect(x![i]! - timestep![i]! * target![i]!).toBeCloseTo(data[i]!, 5);
    expect(x![i]! + (1 - timestep![i]!) * target![i]!).toBeCloseTo(noise[i]!, 5);
  }
});

test("uniform times are uniform; the logit of the others is normal", () => {
  const share = (times: Float32Array, below: number) =>
    times.filter((t) => t < below).length / COUNT;
  const uniform = feedsOf({ times: "uniform", timeScale: 1 }).timestep!;
  expect(Math.abs(share(uniform, 0.3) - 0.3)).toBeLessThan(1 / COUNT);
  const { timestep } = feedsOf({ logitMean: 0.5, logitDeviation: 2, timeScale: 1000 });
  // At the logit 0.5 ± 2 lie the 16th and 84th hundredths of the normal law.
  for (const [logit, wanted] of [
    [-1.5, 0.158655],
    [0.5, 0.5],
    [2.5, 0.841345],
  ] as const)
    expect(Math.abs(share(timestep!, 1000 / (1 + Math.exp(-logit))) - wanted)).toBeLessThan(
      1.5 / COUNT,
    );
});

test("settings that there are not are refused", () => {
  expect(() => flowMatching({ times: "normal" as never })).toThrow('got "normal"');
  expect(() => flowMatching({ shift: 3 } as never)).toThrow('got "shift"');
  expect(() => flowMatching({ logitDeviation: 0 })).toThrow("logitDeviation must be positive");
});
