import { expect, test } from "vitest";
import { type CloneAgreements, mergeAgreements } from "../../src/index.ts";

const time = (index: number) => ({ timestep: index }) as unknown as CloneAgreements["times"][0];
const part = (agreements: number[][], classCounts: number[], at = 10): CloneAgreements => ({
  times: [time(at), time(5)],
  agreements,
  classCounts,
  evaluations: 7,
});

test("trajectories stand side by side, labels and evaluations are summed", () => {
  const merged = mergeAgreements([
    part(
      [
        [1, 0],
        [1, 1],
      ],
      [3, 1],
    ),
    part([[0.5], [0]], [0, 1, 1]),
  ]);
  expect(merged).toEqual({
    times: [time(10), time(5)],
    agreements: [
      [1, 0, 0.5],
      [1, 1, 0],
    ],
    classCounts: [3, 2, 1],
    evaluations: 14,
  });
});

test("parts of other times are refused", () => {
  const parts = [part([[1], [1]], [1]), part([[1], [1]], [1], 11)];
  expect(() => mergeAgreements(parts)).toThrow("branched at the same times");
  expect(() => mergeAgreements([])).toThrow("there must be a part");
});
