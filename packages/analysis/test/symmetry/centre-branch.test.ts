import { empirical, type TwoGaussians, twoGaussiansCritical } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { centreBranch, LANDSCAPES, type StabilityLoss } from "../../src/index.ts";
import { axisGaussian, twoGaussianDenoiser } from "./laws.ts";
import { explode, vpLevels } from "./levels.ts";

const levels = vpLevels(3, 0.1, 59);

function alphaBarOf(loss: StabilityLoss): number {
  if (loss.kind !== "lost") throw new Error(loss.kind);
  return Math.exp(-2 * loss.time.ouTime);
}

describe("centreBranch", () => {
  test("two deltas: the potential breaks at √2 − 1, the density at ½, the drift always was", async () => {
    const { denoiser, mean } = twoGaussianDenoiser({ mean: 1, deviation: 0 }, 3);
    const { critical, points, spent } = await centreBranch({ denoiser, mean, levels });
    expect(alphaBarOf(critical.potential)).toBeCloseTo(Math.SQRT2 - 1, 3);
    expect(alphaBarOf(critical.density)).toBeCloseTo(0.5, 3);
    expect(critical.drift.kind).toBe("unstable from the start");
    for (const { fixedPoint, awayFromMean } of points) {
      expect(fixedPoint.converged).toBe(true);
      expect(awayFromMean).toBeLessThan(1e-6);
    }
    expect(spent.evaluations).toBeGreaterThan(levels.length);
  });

  test.each<TwoGaussians>([
    { mean: 1, deviation: 0.5 },
    { mean: 2, deviation: 0.5 },
    { mean: 0.6, deviation: 0.7 },
  ])("two Gaussians of $mean ± $deviation: three critical times of theory", async (pair) => {
    const { denoiser, mean } = twoGaussianDenoiser(pair, 4);
    const { critical } = await centreBranch({ denoiser, mean, levels });
    for (const landscape of ["potential", "density", "drift"] as const) {
      const exact = twoGaussiansCritical(pair, landscape);
      if (exact === null) expect(critical[landscape].kind).toBe("stable throughout");
      else if (exact === 0) expect(critical[landscape].kind).toBe("unstable from the start");
      else expect(alphaBarOf(critical[landscape])).toBeCloseTo(exact, 3);
    }
  });

  test("with unequal classes the centre becomes a well and is stable throughout", async () => {
    const pair = { mean: 1, deviation: 0.3, weight: 0.35 };
    const { denoiser, mean } = twoGaussianDenoiser(pair, 3);
    const { critical, points } = await centreBranch({ denoiser, mean, levels });
    expect(critical.potential.kind).toBe("stable throughout");
    // At OU time 0.1 the branch sits in the well of the heavier class, at −1.
    const { x } = points.at(-1)!.fixedPoint;
    expect(x.reduce((sum, value) => sum + value, 0) / Math.sqrt(3)).toBeLessThan(-0.8);
    expect(points.at(-1)!.awayFromMean).toBeGreaterThan(0.3);
  });

  test("points of equal norm obey the instability law of their covariance", async () => {
    // The corners of a box are of equal norm, and the axes its principal directions.
    const sides = [2, 1, 0.5];
    const corners = Array.from({ length: 8 }, (_, n) =>
      sides.map((side, i) => (n & (1 << i) ? side : -side)),
    );
    const denoiser = exactDenoiser(empirical(Float64Array.from(corners.flat()), 3));
    const mean = new Float64Array(3);
    const { critical } = await centreBranch({ denoiser, mean, levels });
    for (const landscape of ["potential", "density"] as const)
      expect(alphaBarOf(critical[landscape])).toBeCloseTo(LANDSCAPES[landscape].equalNormLaw(4), 3);
  });

  test("wide Gaussian data lose the potential's centre too, by the Gaussian law, with nothing to decide", async () => {
    const law = axisGaussian([6, 1, 0.2], [0, 0, 0]);
    const { critical } = await centreBranch({
      denoiser: exactDenoiser(law),
      mean: new Float64Array(3),
      levels,
    });
    expect(alphaBarOf(critical.potential)).toBeCloseTo(LANDSCAPES.potential.gaussianLaw(6)!, 3);
    expect(critical.density.kind).toBe("stable throughout");
  });

  test("a branch that is lost sight of says where", async () => {
    const { denoiser, mean } = twoGaussianDenoiser({ mean: 1, deviation: 0.3, weight: 0.35 }, 3);
    const run = { denoiser, mean, levels, tolerance: 1e-9 };
    const { critical, points } = await centreBranch({ ...run, most: 1 });
    const first = points.find(({ fixedPoint }) => !fixedPoint.converged)!;
    expect(critical.potential).toEqual({ kind: "branch ends", time: first.time });
  });

  test("the branch of another landscape is its own", async () => {
    const pair = { mean: 1, deviation: 0.3, weight: 0.35 };
    const { denoiser, mean } = twoGaussianDenoiser(pair, 3);
    const run = { denoiser, mean, levels: vpLevels(3, 1, 5), tolerance: 1e-10 };
    const [one, other] = [
      await centreBranch(run),
      await centreBranch({ ...run, landscape: "density" }),
    ];
    const level = run.levels[4]!;
    const clean = (await denoiser.predict(other.points[4]!.fixedPoint.x, level)).map(
      (value) => level.alpha * value,
    );
    clean.forEach((value, i) => {
      expect(other.points[4]!.fixedPoint.x[i]).toBeCloseTo(value, 8);
    });
    expect(one.points[4]!.fixedPoint.x[0]).not.toBeCloseTo(clean[0]!, 3);
  });

  test("variance-exploding levels of the same signal have the same critical times", async () => {
    const pair = { mean: 1, deviation: 0.5 };
    const { denoiser, mean } = twoGaussianDenoiser(pair, 4);
    const { critical } = await centreBranch({ denoiser, mean, levels: levels.map(explode) });
    for (const landscape of ["potential", "density"] as const)
      expect(alphaBarOf(critical[landscape])).toBeCloseTo(
        twoGaussiansCritical(pair, landscape)!,
        3,
      );
  });
});
