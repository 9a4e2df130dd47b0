import { dataAnalysis, dataMoments, spectralOf } from "@symbreak/analysis";
import { type Data, type UnitsName, withUnits } from "@symbreak/core";
import { expect, test } from "vitest";
import {
  analysisFinding,
  captioned,
  classTreeFigure,
  momentsAxis,
  pairRows,
  partitionFinding,
  spectrumSection,
  startRows,
  timesTable,
  treeRows,
} from "../../src/index.ts";
import { tinySet } from "../tiny-set.ts";

async function analyzed(data: Data, units: UnitsName) {
  const seen = withUnits(data, units);
  const moments = await dataMoments(seen);
  return { analysis: dataAnalysis(seen, moments), moments };
}

const set = tinySet(300);

test("the analysis finds the class direction as the leading mode", async () => {
  const { analysis, moments } = await analyzed(set, "symmetric");
  // Two levels ±60/127.5 in each of 16 pixels: Λ ≈ 16 (60/127.5)².
  expect(Math.abs(analysis.spectrum.lambda / (16 * (60 / 127.5) ** 2) - 1)).toBeLessThan(0.02);
  expect(analysis.speciation.ouTime).toBeCloseTo(Math.log(analysis.spectrum.lambda) / 2, 12);
  expect(analysis.spectrum).toMatchObject({ deciding: 1, computed: 16 });
  expect(analysis.spectrum.trace).toBeCloseTo(
    spectralOf(moments).eigenvalues.reduce((a, b) => a + b),
    12,
  );
  expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
});

test("the analysis of data that do not vary says so", async () => {
  const flat = { ...set, values: new Uint8Array(set.values.length).fill(7) };
  await expect(analyzed(flat, "unit")).rejects.toThrow(
    "all images are the same, so nothing can be decided",
  );
});

test("the finding says when data never rise above the noise", async () => {
  const { analysis } = await analyzed(set, "symmetric");
  expect(analysisFinding(analysis)).toMatch(
    /^In the symmetric scale tiny has Λ = 3\.\d+: generation decides first at t_S/,
  );
  const small = await analyzed(set, "unit");
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

test("pairs of classes become rows, the first to part first; what never parts says so", () => {
  const window = { opens: null, closes: null };
  const pair = { a: 0, variance: 2, z: 9, equalMeans: false, window };
  const exact = { ouTime: 1.5, low: 1.25, high: 1.75, ddpmIndex: 540.6 };
  const betweenClass = { ouTime: 0.9, ddpmIndex: 419 };
  expect(
    pairRows({
      named: [
        { label: 0, name: "cat" },
        { label: 2, name: "dog" },
      ],
      pairs: [
        { ...pair, b: 1, betweenClass: null, exact: null },
        { ...pair, b: 2, betweenClass, exact },
        { ...pair, b: 3, betweenClass, exact: { ...exact, ouTime: 1.625 }, equalMeans: true },
      ],
    }),
  ).toEqual([
    ["cat and 3", "equal means", "1.625", "1.250", "1.750", "541"],
    ["cat and dog", "0.900", "1.500", "1.250", "1.750", "541"],
    ["cat and 1", "never", "–", "–", "–", "–"],
  ]);
});

test("the tree of classes has its forks as rows and as a figure, by name, the first decision first", async () => {
  const leaf = (label: number) => ({ classes: [label], parts: null, window: null, children: null });
  const at = (ouTime: number) => ({
    ...{ ouTime, low: ouTime - 0.1, high: ouTime + 0.1, ddpmIndex: 100 * ouTime },
  });
  const classes = {
    named: ["boot", "shoe", "bag"].map((name, label) => ({ label, name })),
    tree: {
      classes: [2, 0, 1],
      parts: at(2),
      window: { opens: at(3), closes: at(1.5) },
      children: [
        leaf(2),
        {
          classes: [0, 1],
          parts: at(1),
          window: { opens: null, closes: at(0.5) },
          children: [leaf(0), leaf(1)],
        },
      ],
    },
  } as const;
  expect(treeRows(classes)).toEqual([
    ["bag | boot, shoe", "2.000", "1.900", "2.100", "200", "3.000", "1.500"],
    ["boot | shoe", "1.000", "0.900", "1.100", "100", "–", "0.500"],
  ]);
  const { document } = new (await import("jsdom")).JSDOM("").window;
  const svg = classTreeFigure(
    {
      title: "Order",
      tree: classes.tree,
      nameOf: (label) => classes.named[label]!.name,
    },
    { document },
  );
  expect(svg).toContain("From noise to data: bag from boot, shoe 2.000; boot from shoe 1.000.");
  // Each class has a row of its own, from top to bottom as in the tree.
  const rows = ["bag", "boot", "shoe"].map((name) =>
    Number(svg.match(new RegExp(`translate\\([-\\d.]+,([-\\d.]+)\\)"[^>]*>${name}<`))![1]),
  );
  expect(rows[1]! - rows[0]!).toBeGreaterThan(14);
  expect(rows[2]! - rows[1]!).toBeGreaterThan(14);
});

test("a figure that can be drawn for phones is there twice, and a long title is broken between words", async () => {
  const { document } = new (await import("jsdom")).JSDOM("").window;
  const moment = { name: "t_S", kind: "mode", time: 1, low: null, high: null };
  const title = "All times of one network and of its data on one single axis";
  const widths: number[] = [];
  const html = captioned((width) => {
    widths.push(width);
    return momentsAxis({ title, moments: [moment] }, { document, width });
  }, "A caption.");
  expect(widths[0]).toBeGreaterThan(640);
  expect(widths[1]).toBeLessThan(350);
  const [wide, narrow] = html.split('<div class="narrow">');
  expect(wide).toContain(`font-weight="600">${title}</text>`);
  const lines = [...narrow!.matchAll(/font-weight="600">([^<]*)<\/text>/g)].map(([, line]) => line);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join(" ")).toBe(title);
});

test("a partition that was asked for is told in a sentence", () => {
  const named = [4, 9, 1].map((label) => ({ label, name: `digit ${label}` }));
  const curve = {
    kind: "classCurve" as const,
    ...{ groups: [[4, 9], [1]], curve: [], samples: 9 },
    decided: { ouTime: 1.25, low: 1.125, high: 1.375, ddpmIndex: 490 },
  };
  const at = (ouTime: number) => ({ ouTime, ddpmIndex: 1 });
  const window = { opens: at(3), closes: at(0.5) };
  expect(partitionFinding({ named, partition: { curve, window } })).toBe(
    "The groups digit 4, digit 9 | digit 1 part at OU time 1.250 [1.125, 1.375]; their window by total variation reaches from 3.000 to 0.500.",
  );
  expect(
    partitionFinding({ named, partition: { curve: { ...curve, decided: null }, window: null } }),
  ).toContain("do not part within the times measured");
  expect(partitionFinding({ named, partition: null })).toBeNull();
});

test("the spectrum section shows modes as pictures where images can be shown", async () => {
  const { document } = new (await import("jsdom")).JSDOM("").window;
  const gray = spectrumSection(await analyzed(set, "symmetric"), document);
  expect(gray.content.filter((part) => part.includes("<img"))).toHaveLength(1);
  const two = tinySet(40, [2, 2, 2]);
  const odd = spectrumSection(await analyzed(two, "symmetric"), document);
  expect(odd.content.filter((part) => part.includes("<img"))).toHaveLength(0);
});
