import type { Data } from "@symbreak/core";
import { loadMnist, select } from "@symbreak/datasets";
import { expect, test } from "vitest";
import { betweenClasses, classDecisions, type Labelled } from "../../src/index.ts";

const labelled = (set: Data): Labelled => ({ ...set, labels: set.labels! });

test.each([
  [0, 1, { lambda: 64.1, share: 0.89, time: 2.02 }],
  [1, 8, { lambda: 30.7, share: 0.71, time: 1.555 }],
  [3, 8, { lambda: 24.2, share: 0.38, time: 1.28 }],
  [3, 5, { lambda: 24, share: 0.15, time: 1.13 }],
])(
  "digits %i and %i: Λ, the share of it between them, and their own time",
  async (a, b, expected) => {
    const set = select(await loadMnist(), { classes: [a, b], perClass: 5000 });
    const { lambda, topModeBetween, pairs } = betweenClasses(labelled(set));
    expect(Math.abs(lambda - expected.lambda)).toBeLessThan(0.06);
    expect(Math.abs(topModeBetween - expected.share)).toBeLessThan(0.006);
    expect(Math.abs(pairs[0]!.time!.ouTime - expected.time)).toBeLessThan(0.006);
  },
);

// 300 test images of each class, noised once: two draws of the noise differ by some 0.03.
test("digits 4 and 9 part at 1.13, where ½ ln Λ says 1.54", async () => {
  const classes = [4, 9];
  const training = labelled(select(await loadMnist(), { classes, perClass: 5000 }));
  const heldOut = labelled(select(await loadMnist({ split: "test" }), { classes, perClass: 300 }));
  const ouTimes = [0.9, 1, 1.1, 1.2, 1.3, 1.4];
  const { lambda, topModeBetween, pairs } = await classDecisions({ training, heldOut, ouTimes });
  expect(0.5 * Math.log(lambda)).toBeCloseTo(1.54, 2);
  expect(topModeBetween).toBeCloseTo(0.044, 2);
  const [pair] = pairs;
  expect(pair).toMatchObject({ a: 4, b: 9, equalMeans: false });
  expect(pair!.betweenClass!.ouTime).toBeCloseTo(0.9, 2);
  const { ouTime, low, high } = pair!.exact!;
  expect(Math.abs(ouTime - 1.126)).toBeLessThan(0.05);
  expect(high - low).toBeLessThan(0.09);
  expect(low).toBeLessThan(ouTime);
  expect(high).toBeGreaterThan(ouTime);
}, 120_000);
