import * as Plot from "@observablehq/plot";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { panel } from "../src/panel.ts";
import { timeAxis } from "../src/time-axis.ts";
import { document } from "./fixtures.ts";

/** Pixel position of each label along an axis drawn from x = 0 (noise) to x = 1000 (data). */
function ticks(late: number, early = 0): Map<string, number> {
  const axis = timeAxis(1000, late, early);
  const { markup } = panel(document, {
    width: 1000,
    height: 100,
    margin: 0,
    x: axis.x,
    marks: [...axis.marks, Plot.frame()],
  });
  const svg = new JSDOM(`<svg>${markup}</svg>`).window.document;
  const labels = svg.querySelectorAll('[aria-label="x-axis tick label"] text');
  return new Map(
    [...labels].map((label) => [
      label.textContent ?? "",
      Number(/translate\(([\d.]+)/.exec(label.getAttribute("transform") ?? "")?.[1]),
    ]),
  );
}

test("the DDPM index sits at its OU time −½ ln ᾱ, and time runs down from left to right", () => {
  const at = ticks(5);
  expect(at.get("500")).toBeCloseTo(1000 * (1 - 1.27683 / 5), 0);
  expect(at.get("900")).toBeCloseTo(1000 * (1 - 4.10809 / 5), 0);
  expect(at.get("4.0")).toBeCloseTo(200, 0);
});

test("indices that would touch are left out, those off the axis too", () => {
  const shown = [...ticks(5, 0.5).keys()].filter((label) => !label.includes("."));
  expect(shown).not.toContain("999");
  expect(shown).not.toContain("100");
  expect(shown).toContain("850");
  expect([...ticks(5).keys()]).not.toContain("50");
});
