import { expect, test } from "vitest";
import { sharpestBend } from "../../src/late-start/sharpest-bend.ts";

test("a cliff that flattens bends at its foot", () => {
  const points = [300, 400, 500, 600, 700].map((timestep) => ({
    timestep,
    value: timestep < 500 ? 50 + (500 - timestep) : 50,
  }));
  expect(sharpestBend(points)).toBe(500);
  expect(sharpestBend(points.reverse())).toBe(500);
});

test("on an uneven grid a parabola bends the same everywhere, and a kink more", () => {
  const parabola = [50, 100, 200, 300, 400].map((t) => ({ timestep: t, value: t * t }));
  const kinked = parabola.map((p) => (p.timestep === 200 ? { ...p, value: p.value - 1000 } : p));
  expect(sharpestBend(kinked)).toBe(200);
});

test("two starts have no bend", () => {
  expect(
    sharpestBend([
      { timestep: 1, value: 2 },
      { timestep: 2, value: 1 },
    ]),
  ).toBeNull();
});
