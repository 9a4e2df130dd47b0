import { expect, test } from "vitest";
import { constantRate, cosineRate, restartedRate } from "../../src/index.ts";

test("a rate warms up in a straight line that begins above zero, then stays", () => {
  const rate = constantRate(2, 4);
  expect([0, 1, 3, 4, 100].map(rate)).toEqual([0.5, 1, 2, 2, 2]);
  expect(constantRate(2)(0)).toBe(2);
});

test("a cosine rate warms up, falls, is half way in the middle, and ends where it should", () => {
  const rate = cosineRate(1, { steps: 110, warmUp: 10, end: 0.2 });
  expect(rate(4)).toBeCloseTo(0.5, 12);
  expect(rate(10)).toBeCloseTo(1, 12);
  expect(rate(60)).toBeCloseTo(0.6, 12);
  expect([110, 500].map(rate)).toEqual([0.2, 0.2]);
});

test("a cosine begins again at each restart, from its own rate, and before it is what it would be alone", () => {
  const alone = cosineRate(2, { steps: 100, warmUp: 10 });
  const restarts = [
    { step: 100, rate: 1 },
    { step: 140, rate: 0.5 },
  ];
  const rate = restartedRate(2, { steps: 160, warmUp: 10, restarts });
  for (let step = 0; step < 100; step++) expect(rate(step)).toBe(alone(step));
  expect([100, 120, 140, 150, 160].map(rate)).toEqual(
    [1, 0.5, 0.5, 0.25, 0].map((value) => expect.closeTo(value, 12)),
  );
  expect(restartedRate(2, { steps: 100, warmUp: 10, restarts: [] })(55)).toBe(alone(55));
});

test("restarts that come too late or in no order are refused", () => {
  for (const restarts of [
    [{ step: 100, rate: 1 }],
    [
      { step: 50, rate: 1 },
      { step: 20, rate: 1 },
    ],
  ])
    expect(() => restartedRate(2, { steps: 100, restarts })).toThrow(
      "steps of restarts must ascend, and end before steps",
    );
});
