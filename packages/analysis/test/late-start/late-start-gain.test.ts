import { expect, test } from "vitest";
import { lateStartGain, wantedCells } from "../../src/late-start/late-start-gain.ts";
import { cellOf } from "./cell-of.ts";

const RUN = { solver: "ddim", steps: 3 };
const scan = [
  cellOf({ ...RUN, start: "noise", timestep: 500, value: 30 }),
  cellOf({ ...RUN, start: "noise", timestep: 666, value: 40 }),
  cellOf({ ...RUN, start: "late", timestep: 400, value: 9 }),
  cellOf({ ...RUN, start: "late", timestep: 500, value: 11 }),
  cellOf({ solver: "ddim", steps: 5, start: "late", timestep: 600, value: 1 }),
];

test("the best of the scan is measured again beside the usual start", () => {
  const wanted = wantedCells(scan, RUN, { start: "late", timestep: 450 });
  expect(wanted).toEqual({
    usual: { ...RUN, start: "noise", timestep: 666 },
    tuned: { ...RUN, start: "noise", timestep: 500 },
    late: { ...RUN, start: "late", timestep: 400 },
    auto: { ...RUN, start: "late", timestep: 450 },
  });
  expect(wantedCells(scan, RUN).auto).toBeUndefined();
});

test("gains are told against the usual and the tuned noise start, with and without bias", () => {
  const wanted = wantedCells(scan, RUN, { start: "late", timestep: 450 });
  const table = [
    cellOf({ ...wanted.usual, value: 42, bias: 2 }),
    cellOf({ ...wanted.tuned, value: 32, bias: 2 }),
    cellOf({ ...wanted.late, value: 10, bias: 2 }),
    cellOf({ ...wanted.auto!, value: 10.5, bias: 2 }),
  ];
  const gain = lateStartGain(table, wanted);
  expect(gain).toMatchObject({ ...RUN, nfe: 3 });
  expect(gain.ratio).toEqual({ usual: 4.2, tuned: 3.2, auto: 1.05 });
  expect(gain.unbiased).toEqual({ usual: 5, tuned: 3.75, auto: 8.5 / 8 });
});

test("where the bias is the whole distance there is no ratio without it", () => {
  const wanted = wantedCells(scan, RUN);
  const table = [wanted.usual, wanted.tuned, wanted.late].map((cell) =>
    cellOf({ ...cell, value: 2, bias: 3 }),
  );
  expect(lateStartGain(table, wanted).unbiased).toEqual({ usual: null, tuned: null });
});

test("what was not measured is asked for", () => {
  const wanted = wantedCells(scan, RUN);
  expect(() => lateStartGain([], wanted)).toThrow("every wanted cell must be measured");
  const late = scan.filter(({ start }) => start === "late");
  expect(() => wantedCells(late, RUN)).toThrow("the scan must have noise starts");
});
