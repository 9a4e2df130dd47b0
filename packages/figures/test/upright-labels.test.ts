import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { spectrum, timeCurves } from "../src/index.ts";
import { spread } from "../src/upright-labels.ts";

const { document } = new JSDOM("").window;

test("places that are too near move apart, in order, and stay inside", () => {
  expect(spread([10, 50], 14, 0, 100)).toEqual([10, 50]);
  expect(spread([50, 51, 52], 14, 0, 100)).toEqual([50, 64, 78]);
  expect(spread([95, 96], 14, 0, 100)).toEqual([86, 100]);
});

/** The pixels of rotated labels, in the order of their words: the place of the line and the shift of the label. */
function pixelsOf(svg: string, words: readonly string[]): number[] {
  const number = "(-?[\\d.]+)";
  const label = new RegExp(
    `<g[^>]*transform="translate\\(${number},[^"]*"[^>]*><text[^>]*transform="translate\\(${number},[^"]*rotate\\(-90\\)"[^>]*>(.*?)</text>`,
    "g",
  );
  const texts = [...svg.matchAll(label)];
  return words.map((word) => {
    const found = texts.find(([, , , inside]) => inside!.endsWith(word))!;
    return Number(found[1]) + Number(found[2]);
  });
}

test("two collapse times at one place have labels side by side", () => {
  const svg = spectrum(
    {
      eigenvalues: [9, 2, 1],
      scale: "unit",
      speciation: 1.1,
      collapse: [
        { name: "spectrum", time: 0.75 },
        { name: "variance", time: 0.751 },
      ],
    },
    { document },
  );
  const [a, b] = pixelsOf(svg, ["spectrum", "variance"]) as [number, number];
  expect(Math.abs(a - b)).toBeGreaterThanOrEqual(13);
});

test("moments of curves that coincide are both readable", () => {
  const points = [1, 2, 3].map((time) => ({ time, value: time }));
  const svg = timeCurves(
    {
      ...{ title: "t", label: "l", description: "d", series: [{ name: "s", points }] },
      moments: ["one", "two", "three"].map((name) => ({ name, time: 2 })),
    },
    { document },
  );
  const places = pixelsOf(svg, ["one", "two", "three"]).toSorted((a, b) => a - b);
  expect(places[1]! - places[0]!).toBeGreaterThanOrEqual(13);
  expect(places[2]! - places[1]!).toBeGreaterThanOrEqual(13);
});
