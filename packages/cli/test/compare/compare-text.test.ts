import { lateStartGain, speciationTime } from "@symbreak/analysis";
import { expect, test } from "vitest";
import { compareCsv } from "../../src/compare/compare-csv.ts";
import { compareFinding } from "../../src/compare/compare-finding.ts";
import { compareResult } from "../../src/compare/compare-result.ts";
import { compareText } from "../../src/compare/compare-text.ts";
import { measured } from "./measured.ts";

const run = { solver: "ddim", steps: 3 };
const wanted = {
  usual: { ...run, start: "noise", timestep: 666 },
  tuned: { ...run, start: "noise", timestep: 600 },
  late: { ...run, start: "late", timestep: 400 },
  auto: { ...run, start: "late", timestep: 450 },
} as const;
const table = [
  measured({ ...wanted.usual, value: 40 }),
  measured({ ...wanted.tuned, value: 30 }),
  measured({ ...wanted.late, value: 10 }),
  measured({ ...wanted.auto, value: 10.4 }),
];
const scan = [
  [300, 90],
  [400, 50],
  [500, 42],
  [600, 40],
].map(([timestep, value]) =>
  measured({ ...run, start: "noise", timestep: timestep!, value: value! }),
);
const found = compareResult({
  speciation: speciationTime(20.467, { scale: "symmetric" }),
  gains: [lateStartGain(table, wanted)],
  table,
  scan,
  autos: [],
  paper: [
    measured({ ...wanted.usual, value: 39 }),
    measured({ ...wanted.late, value: 9.75, count: 10_000 }),
  ],
  fullChain: [],
  unseen: null,
});
const result = { ...found, protocol: { network: "n" }, command: "ssb compare n" };

test("the table shows starts, distances with intervals, and the three ratios", () => {
  const text = compareText(result);
  expect(text).toMatch(
    /DDIM +3 +3 +666: 40 \[36, 44\] +600: 30 \[27, 33\] +400: 10 \[9, 11\] +450: 10\.4 \[9\.36, 11\.4\] +4\.00 +3\.00 +1\.04/,
  );
  expect(text).toMatch(
    /DDIM +3 +3 +10000 +666: 39 \[35.1, 42.9\] +400: 9\.75 \[8\.78, 10\.7\] +4\.00/,
  );
  expect(text.trimEnd().split("\n").at(-1)).toBe(compareFinding(result));
});

test("the finding counts only what the intervals bear", () => {
  expect(compareFinding(result)).toContain(
    "nearer to the data in 1 of 1 rows against noise from the usual place",
  );
  expect(compareFinding(result)).toContain("at most a factor 1.04");
  const close = [...table.slice(0, 2), measured({ ...wanted.late, value: 39 }), table[3]!];
  const even = { ...result, gains: [lateStartGain(close, wanted)] };
  expect(compareFinding(even)).toContain(
    "nearer to the data in 0 of 1 rows against noise from the usual place, and nearer to the data in 0 of 1 rows and farther in 1 (DDIM, n = 3) against noise from the level",
  );
});

test("where the noise curve bends most is told", () => {
  expect(found.bends).toEqual([{ ...run, timestep: 400 }]);
});

test("each cell is a line of the CSV, with a column a measure", () => {
  const [header, first, ...rest] = compareCsv(result).trimEnd().split("\n");
  expect(rest).toHaveLength(table.length + 2 + scan.length - 1);
  const row = Object.fromEntries(
    header!.split(",").map((name, i) => [name, first!.split(",")[i]!]),
  );
  expect(row).toMatchObject({
    part: "table",
    solver: "ddim",
    nfe: "3",
    start: "noise",
    timestep: "666",
    fd: "40",
    recall: "0.8",
    class_kl_bits: "0.01",
    unsure: "0.125",
  });
});
