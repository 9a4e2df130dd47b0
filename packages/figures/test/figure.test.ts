import * as Plot from "@observablehq/plot";
import { expect, test } from "vitest";
import { figure } from "../src/index.ts";
import { panel } from "../src/panel.ts";
import { ariaLabel, document } from "./fixtures.ts";

test("figure escapes its title and gives it to screen readers with the description", () => {
  const svg = figure({ title: "a < b & c", description: "d > e" }, []);
  expect(ariaLabel(svg)).toBe("a < b & c. d > e");
  expect(svg).toContain("<title>a &lt; b &amp; c</title>");
});

test("figure is as wide as its widest row and as high as its rows together", () => {
  const box = (width: number, height: number) => ({ markup: "", width, height });
  const svg = figure({ title: "t", description: "d" }, [
    [box(100, 50), box(60, 80)],
    [box(90, 20)],
  ]);
  expect(svg).toContain('viewBox="0 0 160 129"'); // 29 for the title
  expect(svg).toContain('<g transform="translate(100,29)">');
});

test("panel rounds coordinates but not what is written", () => {
  const { markup } = panel(document, {
    width: 200,
    height: 100,
    marks: [
      Plot.line([
        [0, 0],
        [1, 1 / 3],
        [3, 1],
      ]),
      Plot.text(["t_S = 1.01849"], { frameAnchor: "top" }),
    ],
  });
  expect(markup).toContain("= 1.01849");
  for (const [, attribute] of markup.matchAll(/="([^"]*)"/g))
    expect(attribute).not.toMatch(/\.\d{3}/);
});

test("panel sets subscripts in text that Plot wrote", () => {
  const { markup } = panel(document, {
    width: 100,
    height: 80,
    marks: [Plot.text(["t_C < 2"], { frameAnchor: "top" })],
  });
  expect(markup).toContain('>t</tspan><tspan dy="0.28em" font-size="0.75em">C</tspan>');
  expect(markup).toContain(" &lt; 2");
});
