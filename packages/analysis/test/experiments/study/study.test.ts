import { ddim } from "@symbreak/samplers";
import { expect, test } from "vitest";
import type { CompareProtocol } from "../../../src/experiments/compare/compare-result.ts";
import { classifierJudge } from "../../../src/experiments/judge.ts";
import { recommendation } from "../../../src/experiments/study/recommendation.ts";
import { study } from "../../../src/experiments/study/study.ts";
import { lateStartGain } from "../../../src/late-start/late-start-gain.ts";
import { cellOf } from "../../late-start/cell-of.ts";
import { drawsOf, exactNetwork, POWERS, TWO_CLASSES } from "../exact-network.ts";

test("a study of the perfect network tells its times in order, its first findings first, and finds it sound", async () => {
  const data = drawsOf(TWO_CLASSES, 800, 1);
  const findings: string[] = [];
  const parts: string[] = [];
  const { result, soundness } = await study(
    exactNetwork(TWO_CLASSES),
    data,
    {
      extractor: POWERS,
      judge: await classifierJudge(POWERS, data),
      compare: { solvers: [ddim()], steps: [3], samples: 40, scan: 20, real: 300 },
      ...{ pairs: 200, cloneSteps: 40, copies: 50, exact: 100, symmetry: null, seed: 1 },
    },
    {
      progress: ({ part, finding }) => {
        if (parts.at(-1) !== part) parts.push(part);
        if (finding !== undefined) findings.push(finding);
      },
    },
  );
  expect(parts.slice(0, 2)).toEqual(["what the spectrum says", "is the network sound?"]);
  expect(findings[0]).toMatch(/^The first mode of the data rises above the noise at t_S = 1\.1/);
  expect(findings[1]).toMatch(
    /^It denoises as well as the best linear predictor or better: where it is best its loss is 0\.\d\d of the linear one. Among 36 samples of the whole chain the judge sees 2 of 2 classes.$/,
  );
  expect(findings.at(-1)).toMatch(/^Of 50 samples of the whole process/);
  expect(result.soundness.warning).toBeNull();
  expect(result.soundness.classes!.reduce((sum, { samples }) => sum + samples, 0)).toBe(36);
  expect([soundness.samples.count, soundness.real.count]).toEqual([36, 36]);
  // Λ = 9 + 0.09, and all of it lies between the classes: the means part at ½ ln 9.
  const [mode] = result.times.filter(({ of }) => of === "mode");
  expect(mode!.ouTime).toBeCloseTo(0.5 * Math.log(9.09), 1);
  expect(result.analysis.classes!.topModeBetween).toBeGreaterThan(0.95);
  const clones = result.times.find(({ name }) => name.startsWith("clones"))!;
  expect(Math.abs(clones.ouTime - mode!.ouTime)).toBeLessThan(0.3);
  const times = result.times.map(({ ouTime }) => ouTime);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(result.recommendation!.reason).toContain("DDIM in 3 steps");
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
}, 240_000);

const protocol = {
  solvers: { ddim: { name: "ddim", settings: {}, title: "DDIM" } },
} as unknown as CompareProtocol;

function row(steps: number, tuned: readonly [number, number], late: readonly [number, number]) {
  const cell = (start: "noise" | "late", [value, half]: readonly [number, number]) => {
    const made = cellOf({ solver: "ddim", steps, start, timestep: 500, value });
    const frechet = { ...made.quality.frechet, low: value - half, high: value + half };
    return { ...made, quality: { ...made.quality, frechet } };
  };
  const table = [cell("noise", tuned), cell("late", late)];
  const [noise, gaussian] = table as [(typeof table)[0], (typeof table)[0]];
  return lateStartGain(table, { usual: noise, tuned: noise, late: gaussian });
}

test("recommended is the cheapest run that cannot be told from the best", () => {
  const gains = [row(3, [30, 2], [11, 2]), row(5, [20, 2], [10, 2]), row(10, [12, 2], [9, 2])];
  const found = recommendation({ gains, protocol, discrimination: null })!;
  expect(found.cell).toMatchObject({ steps: 3, start: "late" });
  expect(found.certain).toBe(true);
  expect(found.reason).toContain("measurably nearer");
});

test("where the late start is not measurably nearer, or the measure is blind, noise is recommended", () => {
  const even = [row(3, [12, 3], [11, 3])];
  const found = recommendation({ gains: even, protocol, discrimination: null })!;
  expect(found).toMatchObject({ certain: false, cell: { start: "noise" } });
  const blind = recommendation({
    gains: [row(3, [30, 2], [11, 2])],
    protocol,
    discrimination: {
      measure: "FD-x",
      count: 10,
      floor: { mean: 1, standardDeviation: 0.1, sets: 5 },
      ...{ gaussian: 1.1, ratio: 1.1, z: 1, sees: false },
    },
  })!;
  expect(blind.cell.start).toBe("noise");
  expect(blind.reason).toContain("FD-x cannot judge starts");
  expect(recommendation({ gains: [], protocol, discrimination: null })).toBeNull();
});
