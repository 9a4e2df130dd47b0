import type { StartEstimate } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { neighbours, startsToTry } from "../../../src/experiments/compare/starts-to-try.ts";

const estimate = (start: "late" | "noise", timestep: number, total: number) =>
  ({ start, at: { alpha: 0.5, sigma: 0.5, timestep }, total }) as StartEstimate;

test("tried are every other start around the one predicted best, the noisiest, and noise as usual", () => {
  const totals = { 999: 60, 950: 30, 900: 20, 850: 12, 800: 6, 750: 4, 700: 3, 650: 9, 600: 40 };
  const late = Object.entries(totals)
    .map(([timestep, total]) => estimate("late", Number(timestep), total))
    .sort((a, b) => b.at.timestep - a.at.timestep);
  const estimates = late.flatMap((one) => [estimate("noise", one.at.timestep, 1), one]);
  const best = late.find(({ at }) => at.timestep === 700)!;
  const tries = startsToTry({ estimates, late: best }, 666);
  expect(tries.coarse).toEqual([
    { start: "noise", timestep: 666 },
    // Not 600: ten times worse than 700.
    ...[999, 900, 800, 700].map((timestep) => ({ start: "late", timestep })),
  ]);
  const beside = (timestep: number) => neighbours(tries, timestep).map((start) => start.timestep);
  expect([beside(700), beside(999), beside(600)]).toEqual([[750, 650], [950], [650]]);
});
