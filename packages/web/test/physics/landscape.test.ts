import {
  generativePotential,
  levelAt,
  twoGaussiansCritical,
  twoGaussiansFixedPoints,
} from "@symbreak/core";
import { describe, expect, it } from "vitest";
import { CHAIN, noisyLevel } from "../../src/physics/chain.ts";
import { branchesAlong, landscapeAlong } from "../../src/physics/landscape.ts";
import { mixtureLine, sphereLine } from "../../src/physics/line-law.ts";

describe("landscapes along a line", () => {
  const law = mixtureLine([-1.5, 1.5], [0.4, 0.6], 0.4);
  const x = Float64Array.of(-2, -0.3, 0, 1.1);

  it("are the generative potential of core, on a line and along the radius of a sphere", () => {
    const level = levelAt(CHAIN, 300);
    expect(landscapeAlong(law, x, level, "potential")).toEqual(
      generativePotential(law.distribution, x, level),
    );
    const sphere = sphereLine(3);
    const places = Float64Array.of(-2, 0, 0, -0.3, 0, 0, 0, 0, 0, 1.1, 0, 0);
    const expected = generativePotential(sphere.distribution, places, level);
    landscapeAlong(sphere, x, level, "potential").forEach((u, i) => {
      expect(u).toBeCloseTo(expected[i]!, 12);
    });
  });

  it.each([
    ["potential", 1.5],
    ["density", 1.5],
    ["drift", 0.5],
  ] as const)("split where core says: %s", (kind, mean) => {
    const pair = { mean, deviation: 0.4, weight: 0.52 };
    const found = branchesAlong(mixtureLine([-mean, mean], [0.48, 0.52], 0.4), kind);
    const critical = twoGaussiansCritical(pair, kind)!;
    expect(critical).toBeGreaterThan(0);
    // On the noisy side of the split one point is flat, on the other three, as in the closed form.
    const after = found.transitions.at(-1)!;
    expect(noisyLevel(after).alpha ** 2).toBeGreaterThan(critical - 1e-9);
    expect(noisyLevel(after).alpha ** 2).toBeLessThan(critical + 0.01);
    const last = found.branches.filter(({ parameter }) => parameter.at(-1) === 0);
    const exact = twoGaussiansFixedPoints(pair, noisyLevel(0).alpha ** 2, kind);
    expect(last.map(({ stable }) => stable)).toEqual(exact.map(({ stable }) => stable));
    last.forEach((branch, i) => {
      expect(branch.x.at(-1)).toBeCloseTo(exact[i]!.x, 9);
    });
  });
});
