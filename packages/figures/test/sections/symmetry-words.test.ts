import { expect, test } from "vitest";
import { lostAmong } from "../../src/index.ts";

test("what became of the centre is said over the draws", () => {
  const at = (ouTime: number) => ({ ouTime, ddpmIndex: 10, nearestIndex: 9 });
  expect(lostAmong([{ kind: "lost", time: at(1.5) }])).toBe("t = 1.500 (index 9)");
  expect(
    lostAmong([
      { kind: "lost", time: at(1.25) },
      { kind: "lost", time: at(1.5) },
    ]),
  ).toBe("t = 1.500 … 1.250 (index 9 … 9)");
  expect(lostAmong([{ kind: "stable throughout" }, { kind: "branch ends", time: at(1) }])).toBe(
    "never; branch ends at t = 1.000 (index 9)",
  );
});
