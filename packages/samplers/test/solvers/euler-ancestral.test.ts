import { CLEAN, levelOfSigma } from "@symbreak/core";
import { expect, test } from "vitest";
import { eulerAncestral, kdpm2Ancestral } from "../../src/index.ts";
import { ancestral } from "../../src/solvers/sigma-space.ts";
import { finalSamples, gaussianDenoiser } from "./runs.ts";

test("an ancestral step goes down below the next level and up to it with fresh noise", () => {
  const { up, down } = ancestral(levelOfSigma(3, 1), levelOfSigma(2, 0));
  expect(up ** 2 + down ** 2).toBeCloseTo(4, 14);
  // The posterior variance of an exploding process: σ'²(σ² − σ'²)/σ².
  expect(up ** 2).toBeCloseTo((4 * 5) / 9, 14);
});

test.for([eulerAncestral, kdpm2Ancestral])("$name adds no noise at clean data", async (solver) => {
  const levels = [levelOfSigma(1, 1), CLEAN];
  const draws: number[] = [];
  const noise = (_out: unknown, _size: number, draw: number) => {
    draws.push(draw);
  };
  const end = await finalSamples(
    solver().walk(gaussianDenoiser(0.4, 0), Float64Array.of(1), levels, { noise }),
  );
  expect(end[0]).toBeCloseTo(0.4, 14);
  expect(draws).toEqual([]);
});
