import { discreteSchedule, levelAt, noiseToSignal } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { simple } from "../../src/objectives/simple.ts";
import { stepRandom } from "../../src/objectives/step-random.ts";

const STEPS = 20;
const schedule = discreteSchedule({ steps: STEPS, betaStart: 0.01, betaEnd: 0.4 });
const COUNT = 4000;
const batch = { data: new Float32Array(COUNT), count: COUNT };

describe.each([true, false])("below a level, with importance %s", (importance) => {
  const objective = simple({ schedule, importance, times: { below: 8 } });
  const { feeds, positions } = objective.prepare(batch, stepRandom(1, 0));

  test("no other times are drawn, each as often as the others", () => {
    const counts = Array.from({ length: STEPS }, (_, t) => feeds.timestep!.filter((u) => u === t));
    expect(counts.map(({ length }) => length)).toEqual([
      ...new Array(8).fill(COUNT / 8),
      ...new Array(12).fill(0),
    ]);
  });

  test("positions are those of the whole way, so that losses by level can be compared", () => {
    for (const [i, t] of feeds.timestep!.entries())
      expect(Math.floor(positions[i]! * STEPS)).toBe(t);
  });
});

describe.each(["entropic", "rescaled"] as const)("%s times", (by) => {
  // An error of the noise that falls as the level rises, as networks' do.
  const lossAt = (t: number): number => 1 / (1 + t);
  const objective = simple({ schedule, prediction: "v", minSnr: 5, times: { by } });
  const positions = Float64Array.from({ length: STEPS }, (_, t) => (t + 0.5) / STEPS);
  const errors = positions.map((_, t) => {
    const { alpha, sigma } = levelAt(schedule, t);
    // The network predicts v, whose error is that of the noise over alpha².
    return lossAt(t) * ((alpha ** 2 + sigma ** 2) / alpha ** 2);
  });
  for (let k = 0; k < 10; k++) objective.memory!.observe({ feeds: {}, positions }, errors);
  const { feeds } = objective.prepare(batch, stepRandom(1, 0));

  /** What is lost between the middles of the neighbouring levels: ∫ mmse/s² d ln s, or ∫ mmse/s d ln s. */
  const lost = Array.from({ length: STEPS }, (_, t) => {
    const s = (index: number): number =>
      noiseToSignal(levelAt(schedule, Math.min(Math.max(index, 0), STEPS - 1)));
    const inside = t > 0 && t < STEPS - 1;
    const width = Math.log(s(t + 1) / s(t - 1)) / (inside ? 2 : 1);
    const mmse = s(t) ** 2 * lossAt(t);
    return (by === "entropic" ? mmse / s(t) ** 2 : mmse / s(t)) * width;
  });
  const total = lost.reduce((a, b) => a + b);

  test("are drawn as often as information is lost there, and a tenth of them uniformly", () => {
    for (const [t, information] of lost.entries()) {
      const share = (0.9 * information) / total + 0.1 / STEPS;
      const drawn = feeds.timestep!.filter((u) => u === t).length / COUNT;
      expect(Math.abs(drawn - share)).toBeLessThan(2 / COUNT);
    }
  });

  test("leave the loss what it was: the weighted mean of anything is the plain one", () => {
    const uniform = simple({ schedule, prediction: "v", minSnr: 5 });
    const plain = uniform.prepare(batch, stepRandom(1, 0)).feeds;
    const mean = (fed: typeof feeds) =>
      Array.from(fed.timestep!, (t, i) => fed.weight![i]! * errors[t]!).reduce((a, b) => a + b) /
      COUNT;
    expect(mean(feeds) / mean(plain)).toBeCloseTo(1, 2);
  });
});

test("two ways to draw times at once, and levels that there are not, are refused", () => {
  const options = { schedule, importance: true, times: { by: "entropic" } } as const;
  expect(() => simple(options)).toThrow("must not be given with importance");
  expect(() => simple({ schedule, times: { below: 21 } })).toThrow("times.below must be in 1 … 20");
  expect(() => simple({ schedule, times: { above: 3 } as never })).toThrow('got "above"');
});
