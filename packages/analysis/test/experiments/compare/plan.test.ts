import {
  discreteSchedule,
  edm,
  type ForwardProcess,
  leading,
  levelAt,
  noiseToSignal,
} from "@symbreak/core";
import { expect, test } from "vitest";
import { fullChainCells, gridCells, scanCells } from "../../../src/experiments/compare/plan.ts";
import { PAPER_STARTS } from "../../../src/late-start/start-grid.ts";

const PLAN = { process: discreteSchedule(), steps: 3 };
const starts = (plan: { process: ForwardProcess; steps: number }, kind: string) => {
  const { process, steps } = plan;
  const usual = (n: number) => leading().levels(process, n)[0]!.timestep;
  return scanCells({ process }, [{ solver: "ddim", steps }], usual)
    .filter(({ start }) => start === kind)
    .map(({ timestep }) => timestep);
};

test("the scan is the paper's grid, with noise from where there is noise and from the usual place", () => {
  expect(starts(PLAN, "late")).toEqual(PAPER_STARTS);
  expect(starts(PLAN, "noise")).toEqual([300, 400, 500, 600, 666, 700, 800, 900, 999]);
  expect(starts({ ...PLAN, steps: 10 }, "noise")).toEqual([300, 400, 500, 600, 700, 800, 900, 999]);
});

test("on a shorter chain the grid is as much shorter, and starts without room for the steps fall out", () => {
  const short = { process: discreteSchedule({ steps: 100 }), steps: 10 };
  expect(starts(short, "late")).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 99]);
});

test("the full chain starts at its top", () => {
  const usual = (n: number) => leading().levels(PLAN.process, n)[0]!.timestep;
  expect(fullChainCells(PLAN, usual)).toEqual([
    { solver: "ddim", steps: 100, start: "noise", timestep: 990 },
    { solver: "ddim:eta=1", steps: 1000, start: "noise", timestep: 999 },
  ]);
});

test("on a process that is no chain the starts have the noise of the paper's", () => {
  const process = edm();
  const times = scanCells({ process }, [{ solver: "ddim", steps: 3 }], () => process.tMax)
    .filter(({ start }) => start === "late")
    .map(({ timestep }) => process.level(timestep).sigma);
  // The eleventh, sigma/alpha = 157, lies beyond EDM's 80.
  const linear = discreteSchedule();
  const sigmas = PAPER_STARTS.map((index) => noiseToSignal(levelAt(linear, index)));
  expect(times).toHaveLength(10);
  times.forEach((sigma, i) => {
    expect(sigma).toBeCloseTo(sigmas[i]!, 9);
  });
});

test("other grids are tried at their tops, and about the best starts where they take one", () => {
  const cells = gridCells(
    PLAN,
    { solver: "ddim", steps: 3 },
    [
      { name: "trailing", top: 999, takesStarts: false },
      { name: "information", top: 980, takesStarts: true },
    ],
    { noise: 600, late: 400 },
  );
  const of = (grid: string, start: string) =>
    cells.filter((cell) => cell.grid === grid && cell.start === start).map((c) => c.timestep);
  expect(of("trailing", "noise")).toEqual([999]);
  expect(of("trailing", "late")).toEqual([]);
  expect(of("information", "noise")).toEqual([500, 600, 700, 800, 980]);
  expect(of("information", "late")).toEqual([300, 400, 500, 600]);
});
