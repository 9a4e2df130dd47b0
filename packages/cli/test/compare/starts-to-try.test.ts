import type { StartEstimate } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { startsToTry } from "../../src/compare/starts-to-try.ts";

const estimate = (start: "gaussian" | "noise", timestep: number, total: number) =>
  ({ start, at: { alpha: 0.5, sigma: 0.5, timestep }, total }) as StartEstimate;

test("tried are every other start around the one predicted best, the noisiest, and noise as usual", () => {
  const totals = { 999: 60, 950: 30, 900: 20, 850: 12, 800: 6, 750: 4, 700: 3, 650: 9, 600: 40 };
  const late = Object.entries(totals)
    .map(([timestep, total]) => estimate("gaussian", Number(timestep), total))
    .sort((a, b) => b.at.timestep - a.at.timestep);
  const estimates = late.flatMap((one) => [estimate("noise", one.at.timestep, 1), one]);
  expect(startsToTry(estimates, 666)).toEqual([
    { start: "noise", timestep: 666 },
    // Not 600: ten times worse than 700.
    ...[999, 900, 800, 700].map((timestep) => ({ start: "late", timestep })),
  ]);
});
