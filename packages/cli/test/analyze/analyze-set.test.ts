import { withUnits } from "@symbreak/core";
import { expect, test } from "vitest";
import { analysisFinding, startRows, timesTable } from "../../src/analyze/analysis-table.ts";
import { analyzeSet } from "../../src/analyze/analyze-set.ts";
import { spectrumSection } from "../../src/analyze/spectrum-section.ts";
import { tinySet } from "../support/tiny-set.ts";

const set = tinySet(300);

test("analyzeSet finds the class direction as the leading mode", async () => {
  const { analysis, moments } = await analyzeSet(withUnits(set, "symmetric"));
  // Two levels ±60/127.5 in each of 16 pixels: Λ ≈ 16 (60/127.5)².
  expect(Math.abs(analysis.spectrum.lambda / (16 * (60 / 127.5) ** 2) - 1)).toBeLessThan(0.02);
  expect(analysis.speciation.ouTime).toBeCloseTo(Math.log(analysis.spectrum.lambda) / 2, 12);
  expect(analysis.spectrum).toMatchObject({ deciding: 1, computed: 16 });
  expect(analysis.spectrum.trace).toBeCloseTo(
    moments.covariance.eigenvalues.reduce((a, b) => a + b),
    12,
  );
  expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
});

test("analyzeSet of data that do not vary says so", async () => {
  const flat = { ...set, values: new Uint8Array(set.values.length).fill(7) };
  await expect(analyzeSet(withUnits(flat, "unit"))).rejects.toThrow(
    "all images are the same, so nothing can be decided",
  );
});

test("the finding says when data never rise above the noise", async () => {
  const { analysis } = await analyzeSet(withUnits(set, "symmetric"));
  expect(analysisFinding(analysis)).toMatch(
    /^In the symmetric scale tiny has Λ = 3\.\d+: generation decides first at t_S/,
  );
  const small = await analyzeSet(withUnits(set, "unit"));
  expect(analysisFinding(small.analysis)).toContain("< 1: it never rises above the noise");
  expect(timesTable(small.analysis)[0]![0]).toContain("never");
});

test("recommended starts become rows under their header", () => {
  const start = {
    sampler: "DDIM",
    steps: 3,
    start: "late",
    ddpmIndex: 500,
    lateIndex: 500,
    reason: "",
  } as const;
  expect(startRows([start])).toEqual([["DDIM", "3", "late", "500"]]);
});

test("the spectrum section shows modes as pictures where images can be shown", async () => {
  const { document } = new (await import("jsdom")).JSDOM("").window;
  const gray = spectrumSection(await analyzeSet(withUnits(set, "symmetric")), document);
  expect(gray.content.filter((part) => part.includes("<img"))).toHaveLength(1);
  const two = tinySet(40, [2, 2, 2]);
  const odd = spectrumSection(await analyzeSet(withUnits(two, "symmetric")), document);
  expect(odd.content.filter((part) => part.includes("<img"))).toHaveLength(0);
});
