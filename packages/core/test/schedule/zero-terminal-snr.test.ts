import { expect, test } from "vitest";
import { linearBetas } from "../../src/index.ts";
import { cumulativeAlphas, zeroTerminalSnrBetas } from "../../src/schedule/zero-terminal-snr.ts";

test("the last alphaBar becomes exactly 0 and the first stays", () => {
  const betas = linearBetas(1000, 1e-4, 0.02);
  const before = cumulativeAlphas(betas, "float64");
  const after = cumulativeAlphas(zeroTerminalSnrBetas(betas), "float64");
  expect(after[999]).toBe(0);
  expect(after[0]).toBeCloseTo(before[0]!, 15);
  // √alphaBar is an affine image of the old one.
  const stretch = Math.sqrt(before[0]!) / (Math.sqrt(before[0]!) - Math.sqrt(before[999]!));
  const middle = (Math.sqrt(before[500]!) - Math.sqrt(before[999]!)) * stretch;
  expect(Math.sqrt(after[500]!)).toBeCloseTo(middle, 13);
});
