import { cloningProbability } from "@symbreak/core";
import { expect, test } from "vitest";
import { type CloningCurveData, cloningCurve } from "../src/index.ts";
import { ariaLabel, document } from "./fixtures.ts";

const phi = (time: number) => cloningProbability(256 * Math.exp(-2 * time));
const times = Array.from({ length: 9 }, (_, k) => 1.8 + k / 4);
const data: CloningCurveData = {
  title: "Clones of two Gaussians, d = 256",
  points: times.map((time) => ({
    time,
    value: phi(time),
    low: phi(time) - 0.02,
    high: phi(time) + 0.02,
  })),
  threshold: 0.775,
  crossing: 2.776,
  speciation: 2.773,
  others: [
    {
      name: "closed form",
      points: Array.from({ length: 41 }, (_, k) => ({
        time: 1.8 + k / 20,
        value: phi(1.8 + k / 20),
      })),
    },
    { name: "published", points: [{ time: 2.5, value: 0.862 }] },
  ],
};

test("it says in words what it shows, and looks as it did", async () => {
  const svg = cloningCurve(data, { document });
  expect(ariaLabel(svg)).toMatch(
    /grows from 0\.5\d\d at OU time 3\.80 to 0\.\d+ at 1\.80; it crosses 0\.775 at 2\.776, with t_S = 2\.773/,
  );
  expect(svg).not.toMatch(/ id="/);
  await expect(svg).toMatchFileSnapshot("snapshots/cloning-curve.svg");
});

test("a curve without crossing and t_S, or of a single point, says so and draws neither", () => {
  const { crossing: _, speciation: __, others: ___, ...bare } = data;
  const svg = cloningCurve(bare, { document });
  expect(ariaLabel(svg)).toContain("it does not cross 0.775.");
  expect(svg).not.toContain(">S</tspan>");
  const one = cloningCurve({ ...bare, points: bare.points.slice(0, 1) }, { document });
  expect(ariaLabel(one)).toContain("at OU time 1.80 to");
});
