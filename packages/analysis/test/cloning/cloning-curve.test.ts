import { philoxUniform } from "@symbreak/core";
import { expect, test } from "vitest";
import { cloningCurve } from "../../src/index.ts";

const times = [3, 2, 1].map((ouTime) => ({ ouTime, ddpmIndex: null }));

/** `count` votes, 1 with probability p. */
function votes(p: number, count: number, seed: number): Float64Array {
  const u = new Float64Array(count);
  philoxUniform(seed)(u, count, 0);
  return u.map((value) => (value < p ? 1 : 0));
}

test("votes have Wilson's interval, and the crossing one that shrinks with the square root of n", () => {
  const [few, many] = [100, 1600].map((n, k) =>
    cloningCurve(times, [votes(0.5, n, k), votes(0.7, n, k + 10), votes(0.95, n, k + 20)]),
  );
  expect(few!.interval).toBe("Wilson");
  expect(few!.phi.map(({ ouTime }) => ouTime)).toEqual([3, 2, 1]);
  for (const { phi, crossing, threshold } of [few!, many!]) {
    for (const { value, low, high } of phi) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect(crossing!.low).toBeLessThan(crossing!.ouTime);
    expect(crossing!.high).toBeGreaterThan(crossing!.ouTime);
    expect([threshold, crossing!.threshold]).toEqual([0.775, 0.775]);
  }
  const width = ({ crossing }: typeof few & object) => crossing!.high - crossing!.low;
  expect(width(few!) / width(many!)).toBeGreaterThan(2.5);
  expect(width(few!) / width(many!)).toBeLessThan(6.5);
});

test("an end of the crossing's interval that lies beyond the times is the outermost of them", () => {
  const n = 100;
  const near = (p: number) => Float64Array.from({ length: n }, (_, i) => Number(i < p * n));
  const early = cloningCurve(times, [near(0.77), near(0.85), near(0.95)]).crossing!;
  expect(early.high).toBe(3);
  expect(early.low).toBeLessThan(early.ouTime);
  const late = cloningCurve(times, [near(0.5), near(0.6), near(0.78)]).crossing!;
  expect(late.low).toBe(1);
  expect(late.high).toBeGreaterThan(late.ouTime);
});

test("shares of pairs have a bootstrap's interval, near the normal one", () => {
  const n = 400;
  const shares = Float64Array.from({ length: n }, (_, i) => (i % 4) / 3);
  const { phi, interval, crossing } = cloningCurve([times[0]!], [shares]);
  expect(interval).toBe("bootstrap");
  const deviation = Math.sqrt((0.25 * (0 + 1 + 4 + 9)) / 9 - 0.25);
  const { value, low, high } = phi[0]!;
  expect(value).toBeCloseTo(0.5, 14);
  expect((high - low) / (2 * 1.96 * (deviation / Math.sqrt(n)))).toBeCloseTo(1, 1);
  expect(crossing).toBeNull();
});

test("times come out from noise to data, with their votes", () => {
  const { phi } = cloningCurve(
    [times[2]!, times[0]!],
    [
      [1, 1],
      [0, 1],
    ],
  );
  expect(phi.map(({ ouTime, value }) => [ouTime, value])).toEqual([
    [3, 0.5],
    [1, 1],
  ]);
});

test("one trajectory gives a result; none, ragged votes and a bad threshold an error", () => {
  expect(cloningCurve(times, [[1], [1], [0]]).phi[0]!.value).toBe(1);
  expect(() => cloningCurve(times, [[], [], []])).toThrow(
    "agreements must be as many at each time",
  );
  expect(() => cloningCurve(times, [[1], [1, 0], [1]])).toThrow("agreements must be as many");
  expect(() => cloningCurve(times, [[1]])).toThrow("agreements must be as many");
  expect(() => cloningCurve([times[0]!], [[1]], { threshold: 1 })).toThrow("threshold must lie in");
});
