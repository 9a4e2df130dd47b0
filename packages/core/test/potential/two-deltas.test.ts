import { expect, test } from "vitest";
import {
  discreteSchedule,
  nearestIndex,
  readClock,
  TWO_DELTAS_THETA,
  twoDeltasCurvature,
  twoDeltasFixedPoint,
} from "../../src/index.ts";

test("two deltas part at theta_c = √(√2 − 1), on every clock", () => {
  expect(TWO_DELTAS_THETA).toBeCloseTo(0.6435942529, 10);
  const alphaBar = TWO_DELTAS_THETA ** 2;
  expect(alphaBar).toBeCloseTo(0.4142135624, 10);
  const { ouTime, vpTime } = readClock({ alphaBar });
  expect(ouTime).toBeCloseTo(0.4406867935, 10);
  expect(vpTime).toBeCloseTo(0.2926416543, 10);
  expect(1 - vpTime).toBeCloseTo(0.7073583457, 10);
  const { alphaBars } = discreteSchedule();
  expect(nearestIndex(discreteSchedule(), alphaBar)).toBe(292);
  expect(Math.sqrt(alphaBars[292]!)).toBeCloseTo(0.6430128, 7);
});

test.each([
  [0.1, 0.4998979696],
  [0.3, 0.4902185726],
  [0.5, 0.3888888889],
  [0.6, 0.18359375],
  [0.7, -0.4231064975],
  [0.8, -2.6604938272],
  [0.9, -17.6745152355],
  [0.95, -85.181130835],
])("the curvature at the centre, theta = %d", (theta, curvature) => {
  expect(twoDeltasCurvature(theta)).toBeCloseTo(curvature, 10);
});

test.each([
  [0.65, 0.2610549862],
  [0.66, 0.4092993203],
  [0.7, 0.6991741572],
  [0.75, 0.8663285227],
  [0.8, 0.9470385761],
  [0.85, 0.9821375681],
  [0.9, 0.9943138454],
  [0.95, 0.9986859325],
  [0.99, 0.9999494975],
])("the well at theta = %d", (theta, x) => {
  expect(twoDeltasFixedPoint(theta)).toBeCloseTo(x, 10);
});

test("the authors' published branch ends at x*(0.98) = 0.99979596", () => {
  expect(twoDeltasFixedPoint(0.98)).toBeCloseTo(0.99979596, 8);
});

test("the well opens as a pitchfork, with exponent one half", () => {
  const theta = TWO_DELTAS_THETA + 1e-7;
  const square = theta * theta;
  const distance = 1 - (1 - square * square) / (2 * square);
  const amplitude = Math.sqrt((3 * (1 - square) ** 2 * distance) / square);
  expect(twoDeltasFixedPoint(theta) / amplitude).toBeCloseTo(1, 5);
  expect(twoDeltasFixedPoint(TWO_DELTAS_THETA - 1e-7)).toBe(0);
});

test("amplitudes outside (0, 1) are named", () => {
  expect(() => twoDeltasFixedPoint(1)).toThrow(
    "twoDeltasFixedPoint: theta must lie in (0, 1), got 1",
  );
  expect(() => twoDeltasCurvature(0)).toThrow(
    "twoDeltasCurvature: theta must lie in (0, 1), got 0",
  );
});
