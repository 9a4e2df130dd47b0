import { subVp, ve, vp } from "@symbreak/core";
import { expect, test } from "vitest";
import { type Objective, scoreMatching, scoreSde, stepRandom } from "../../src/index.ts";

/** Weights and timesteps of eight samples. */
function prepared(objective: Objective): { weight: number; timestep: number }[] {
  const { feeds } = objective.prepare({ data: new Float32Array(8), count: 8 }, stepRandom(1, 0));
  return Array.from(feeds.weight!, (weight, i) => ({ weight, timestep: feeds.timestep![i]! }));
}

test.each([vp(), ve(), subVp()])(
  "$name: likelihood weighting counts the score's error g², the simple one sigma²",
  (process) => {
    for (const prediction of ["score", "epsilon"] as const) {
      const perScore = (t: number): number => (prediction === "score" ? 1 : process.sigma(t) ** -2);
      for (const { weight, timestep: t } of prepared(
        scoreSde({ process, prediction, weighting: "likelihood" }),
      )) {
        const wanted = process.diffusion(t) ** 2 * perScore(t);
        expect(weight / wanted).toBeCloseTo(1, 4);
      }
      for (const { weight, timestep: t } of prepared(scoreSde({ process, prediction })))
        expect(weight / (process.sigma(t) ** 2 * perScore(t))).toBeCloseTo(1, 4);
    }
  },
);

test("times cover (tMin, tMax), and the network may be told something else", () => {
  const process = vp();
  const timestep = ({ timestep: t }: { timestep: number }): number => 999 * t;
  const times = prepared(scoreSde({ process, tMin: 0.2 })).map(({ timestep: t }) => t);
  times.forEach((t, i) => {
    expect(Math.floor((t - 0.2) * 10)).toBe(i);
  });
  const told = prepared(scoreSde({ process, tMin: 0.2, timestep })).map(({ timestep: t }) => t);
  told.forEach((t, i) => {
    expect(t).toBeCloseTo(999 * times[i]!, 2);
  });
});

test("score matching runs from the least scale to the largest, each error weighted by its sigma²", () => {
  const found = prepared(scoreMatching({ sigmas: [1, 0.5, 0.25, 0.1] }));
  expect(found.map(({ timestep }) => timestep)).toEqual([3, 3, 2, 2, 1, 1, 0, 0]);
  [0.01, 0.01, 0.0625, 0.0625, 0.25, 0.25, 1, 1].forEach((weight, i) => {
    expect(found[i]!.weight).toBeCloseTo(weight, 7);
  });
  expect(() => scoreMatching({ sigmas: [0.1, 0.2] })).toThrow(
    "sigmas must be positive and descend",
  );
});
