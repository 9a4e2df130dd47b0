import { expect, test } from "vitest";
import { importanceTimes } from "../../src/objectives/importance-times.ts";

const STEPS = 5;
const loss = (t: number): number => (t + 1) ** 2;

function experienced(): ReturnType<typeof importanceTimes> {
  const times = importanceTimes(STEPS);
  for (let round = 0; round < 13; round++)
    for (let t = 0; t < STEPS; t++) times.observe(t, round < 3 ? 1000 : loss(t));
  return times;
}

test("times are uniform until each has ten losses", () => {
  const times = importanceTimes(STEPS);
  for (let t = 0; t < STEPS; t++) for (let k = 0; k < 9 + Math.min(t, 1); k++) times.observe(t, 7);
  expect(times.draw(0.99)).toEqual({ index: 4, weight: expect.closeTo(1, 12) });
});

test("weighted means over drawn times are the plain mean, whatever is averaged", () => {
  const times = experienced();
  const n = 100_000;
  let mean = 0;
  const hits = new Float64Array(STEPS);
  for (let i = 0; i < n; i++) {
    const { index, weight } = times.draw((i + 0.5) / n);
    mean += (weight * Math.sin(1 + index)) / n;
    hits[index]! += 1 / n;
  }
  const wanted = [0, 1, 2, 3, 4].reduce((sum, t) => sum + Math.sin(1 + t) / STEPS, 0);
  expect(mean).toBeCloseTo(wanted, 4);
  // Only the last ten count, and each time's share follows its loss, with a thousandth spread evenly.
  hits.forEach((share, t) => {
    expect(share).toBeCloseTo((0.999 * loss(t)) / 55 + 0.0002, 4);
  });
});

test("saved and loaded, it draws and remembers the same", () => {
  const [one, other] = [experienced(), importanceTimes(STEPS)];
  other.load(one.save());
  for (const times of [one, other]) times.observe(3, 400);
  expect(other.save()).toEqual(one.save());
  for (const u of [0.01, 0.3, 0.9]) expect(other.draw(u)).toEqual(one.draw(u));
  expect(() => importanceTimes(4).load(one.save())).toThrow("saved must have 44 values");
});
