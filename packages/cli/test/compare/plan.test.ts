import { PAPER_STARTS } from "@symbreak/analysis";
import { expect, test } from "vitest";
import { fullChainCells, scanCells } from "../../src/compare/plan.ts";

const PLAN = { solvers: ["ddim"], steps: [3], alsoSteps: [], trained: 1000 } as const;
const starts = (plan: Parameters<typeof scanCells>[0], kind: string) =>
  scanCells(plan)
    .filter(({ start }) => start === kind)
    .map(({ timestep }) => timestep);

test("the scan is the paper's grid, with noise from where there is noise and from the usual place", () => {
  expect(starts(PLAN, "late")).toEqual(PAPER_STARTS);
  expect(starts(PLAN, "noise")).toEqual([300, 400, 500, 600, 666, 700, 800, 900, 999]);
  expect(starts({ ...PLAN, steps: [10] }, "noise")).toEqual([
    300, 400, 500, 600, 700, 800, 900, 999,
  ]);
});

test("on a shorter chain the grid is as much shorter, and starts without room for the steps fall out", () => {
  const short = { ...PLAN, steps: [10], trained: 100 };
  expect(starts(short, "late")).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 99]);
});

test("the full chain starts at its top", () => {
  expect(fullChainCells(PLAN)).toEqual([
    { solver: "ddim", steps: 100, start: "noise", timestep: 990 },
    { solver: "ddpm", steps: 1000, start: "noise", timestep: 999 },
  ]);
});
