import type { NetworkScore } from "@symbreak/analysis";
import { expect, test } from "vitest";
import { explainedRows, scoreRows, scoreSections } from "../../src/index.ts";

const at = { ouTime: 1.25, ddpmIndex: 480.4 };
const result = {
  kind: "networkScore",
  protocol: { looked: 4, samples: 6, steps: 5, images: 40, seed: 1 },
  quality: {
    at: [
      {
        ...at,
        implicit: { value: -12.345678, standardError: 0.5 },
        denoising: { value: -12.3, standardError: Number.NaN },
        fisher: null,
      },
    ],
  },
  dimension: [{ ...at, flipd: { value: 31.25, standardError: 1 }, gap: null }],
  scales: [{ ...at, kernel: 9 }],
  explained: [{ model: "bordered", values: [0.5], median: 0.5, low: 0.25, high: 0.75 }],
} as unknown as NetworkScore;

test("a score has a row for each level and each model", () => {
  expect(scoreRows(result)).toEqual([
    ["480", "1.250", "-12.35", "0.5", "-12.3", "–", "31.25", "1", "–", "–"],
  ]);
  expect(explainedRows(result)).toEqual([["bordered ELS", "0.500", "0.250", "0.750"]]);
});

test("without images there is no section of machines", () => {
  expect(scoreSections(result)).toHaveLength(2);
  expect(scoreSections({ ...result, explained: [] })).toHaveLength(1);
});
