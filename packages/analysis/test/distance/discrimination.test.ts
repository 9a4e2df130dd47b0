import { expect, test } from "vitest";
import {
  anchors,
  discrimination,
  discriminationText,
  frechetDistance,
  frechetMeasure,
  kernelDistance,
  kernelMeasure,
  placed,
} from "../../src/index.ts";
import { normalFeatures } from "./features-of.ts";

const [SIZE, COUNT, SETS] = [4, 400, 40];
const real = normalFeatures(COUNT * (SETS + 1), SIZE, { seed: 1 });
/** Mean 1 in each of 4 features: 4 from the real law by Fréchet. */
const far = normalFeatures(COUNT, SIZE, { seed: 2, mean: 1 });
const sets = anchors(real, far, { count: COUNT, sets: SETS });
const frechet = frechetMeasure("test");

test("the floor of a Fréchet distance is the bias of finite samples of one law", async () => {
  const { floor, gaussian } = await discrimination(frechet, sets);
  // Of the means E|μ − μ'|² = 2d/n, of the covariances E|S − S'|²/4 = d(d + 1)/(2n), by the first power of 1/n.
  const bias = (2 * SIZE) / COUNT + (SIZE * (SIZE + 1)) / (2 * COUNT);
  // The sets share one reference, so that they scatter together: the spread of one distance, not of the mean of 40.
  expect(Math.abs(floor.mean - bias)).toBeLessThan(3 * floor.standardDeviation);
  expect(floor.standardDeviation).toBeLessThan(bias);
  expect(gaussian).toBeCloseTo(4, 0);
});

test("floor, Gaussian, ratio and z are those of the distances one by one", async () => {
  const found = await discrimination(frechet, sets);
  const to = (set: typeof far) =>
    frechetDistance(sets.reference, set, { extractor: "test", groups: 0 }).value;
  const floors = sets.real.map(to);
  const mean = floors.reduce((sum, value) => sum + value, 0) / SETS;
  const deviation = Math.sqrt(
    floors.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SETS - 1),
  );
  expect(found.measure).toBe("FD-test");
  expect(found).toMatchObject({ count: COUNT, gaussian: to(far), sees: true });
  expect(found.floor.mean).toBeCloseTo(mean, 12);
  expect(found.floor.standardDeviation).toBeCloseTo(deviation, 12);
  expect(found.ratio).toBeCloseTo(to(far) / mean, 10);
  expect(found.z).toBeCloseTo((to(far) - mean) / deviation, 8);
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});

test("a place is the square of the share of the way, of shifted samples", async () => {
  const found = await discrimination(frechet, sets);
  const at = (mean: number, seed: number) =>
    placed(frechet, sets, found, normalFeatures(COUNT, SIZE, { seed, mean }));
  for (const [share, seed] of [
    [0.25, 11],
    [0.5, 12],
    [0.75, 13],
  ] as const) {
    const { place, excess } = await at(share, seed);
    // |μ|² = 4 share², its standard deviation 2 |μ| √(2/n) of the draws and as much again of the reference.
    const scatter = 2 * 2 * share * Math.sqrt(2 / COUNT);
    expect(Math.abs(excess - 4 * share ** 2)).toBeLessThan(4 * scatter);
    expect(Math.abs(place! - share ** 2)).toBeLessThan(scatter + 0.05);
  }
  const far = await at(1, 14);
  expect(far.place!).toBeGreaterThan(0.8);
  const near = await at(0, 15);
  expect(Math.abs(near.place!)).toBeLessThan(4 * near.standardDeviation!);
});

test("a measure for which the Gaussian is as real images cannot judge starts, and says so", async () => {
  const blind = anchors(real, normalFeatures(COUNT, SIZE, { seed: 3 }), { count: COUNT });
  for (const measure of [frechet, kernelMeasure("test")]) {
    const found = await discrimination(measure, blind);
    expect(found.sees).toBe(false);
    expect(discriminationText(found)).toMatch(
      /^(FD|KID)-test cannot judge starts: for it a Gaussian is at .*, below (3|10)$/,
    );
  }
});

test("an unbiased measure has a floor about 0, no ratio, and is judged by z", async () => {
  const measure = kernelMeasure("test");
  const found = await discrimination(measure, sets);
  expect(found).toMatchObject({ measure: "KID-test", ratio: null, sees: true });
  const { value } = await kernelDistance(sets.reference, far);
  expect(found.gaussian).toBe(value);
  expect(Math.abs(found.floor.mean)).toBeLessThan(0.01 * value);
  expect(discriminationText(found)).toMatch(/^KID-test sees a Gaussian: z = \d+$/);
  const { place } = await placed(measure, sets, found, far);
  expect(place).toBe(1);
});

test("samples of another n are refused: their floor is another", async () => {
  const found = await discrimination(frechet, sets);
  const fewer = normalFeatures(COUNT - 1, SIZE, { seed: 5 });
  await expect(placed(frechet, sets, found, fewer)).rejects.toThrow(
    "placed: samples must be 400, as in each of the anchors, got 399",
  );
});

test("a measure must name its extractor, and only the FID network's is FID", () => {
  expect(() => frechetMeasure("")).toThrow("extractor must have a name");
  expect(() => kernelMeasure("")).toThrow("extractor must have a name");
  expect(frechetMeasure("fid").name).toBe("FID");
  expect(kernelMeasure("fid").name).toBe("KID");
});

test("in words: many floors without digits after the point, few with one", () => {
  const of = (ratio: number | null, z: number, sees: boolean) =>
    discriminationText({
      ...{ measure: "FD-x", count: 9, ratio, z, sees, gaussian: 1 },
      floor: { mean: 1, standardDeviation: 1, sets: 5 },
    });
  expect(of(40.83, 1494, true)).toBe("FD-x sees a Gaussian: 41 × the floor");
  expect(of(1.03, 1.3, false)).toBe(
    "FD-x cannot judge starts: for it a Gaussian is at 1.0 × the floor, below 3",
  );
  expect(of(null, 3.9, false)).toBe(
    "FD-x cannot judge starts: for it a Gaussian is at z = 3.9, below 10",
  );
});
