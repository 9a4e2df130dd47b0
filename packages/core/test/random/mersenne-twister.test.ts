import { expect, test } from "vitest";
import { mersenneTwister } from "../../src/random/mersenne-twister.ts";

test("mt19937 seeded with 5489 gives 4123659995 as its 10000th word (the C++ standard's check)", () => {
  const next = mersenneTwister(5489);
  let word = 0;
  for (let i = 0; i < 10_000; i++) word = next();
  expect(word).toBe(4123659995);
});

test("mt19937 seeded with 5489 begins 3499211612, 581869302, 3890346734", () => {
  const next = mersenneTwister(5489);
  expect([next(), next(), next()]).toEqual([3499211612, 581869302, 3890346734]);
});
