import { compareResult, lateStartGain, speciationTime } from "@symbreak/analysis";
import { compareCsv, compareFinding } from "@symbreak/figures";
import { expect, test } from "vitest";
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
  gaussian: null,
  warnings: ["Mind this."],
  discrimination: null,
  protocol: {
    network: { name: "n", digest: null, process: { name: "discrete" } },
    data: { name: "d", count: 9, shape: [2], units: "as-is: x as it is", digest: null },
    solvers: { ddim: { name: "ddim", settings: {}, title: "DDIM" } },
    grids: {},
    ownGrid: { name: "leading", settings: {} },
    features: { name: "test", description: "features of a test" },
    ...{
      reference: 9,
      heldOut: null,
      samples: 100,
      scan: 50,
      trial: 0,
      paper: 0,
      full: 0,
      seed: 1,
    },
  },
});
const result = { ...found, command: "ssb compare n" };

test("the table shows starts, distances with intervals, and the three ratios", () => {
  const text = compareText(result);
  expect(text).toMatch(
    /DDIM +3 +3 +666: 40 \[36, 44\] +600: 30 \[27, 33\] +400: 10 \[9, 11\] +– +450: 10\.4 \[9\.36, 11\.4\] +4\.00 +3\.00 +1\.04/,
  );
  expect(text).toMatch(
    /DDIM +3 +3 +10000 +666: 39 \[35.1, 42.9\] +400: 9\.75 \[8\.78, 10\.7\] +4\.00/,
  );
  // Each less its bias of 1.
  expect(text).toMatch(/DDIM +3 +39 +29 +9 +–, – +4\.33 +3\.22/);
  expect(text).toContain("warning: Mind this.");
  expect(text).toContain("100 a cell (numbers 50 … 149), chosen on 50 others (0 … 49)");
  expect(text.trimEnd().split("\n").at(-1)).toBe(compareFinding(result));
});

test("the finding counts only what the intervals bear", () => {
  expect(compareFinding(result)).toContain(
    "nearer to the data in 1 of 1 rows against noise from the usual place",
  );
  expect(compareFinding(result)).toContain("at most 1.04 times");
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
