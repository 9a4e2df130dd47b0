import { expect, test } from "vitest";
import { bestPerBudget } from "../../src/late-start/best-per-budget.ts";
import { cellOf } from "./cell-of.ts";

const cells = [
  cellOf({ solver: "ddim", steps: 3, start: "noise", timestep: 666, value: 40 }),
  cellOf({ solver: "ddim", steps: 3, start: "late", timestep: 400, value: 10 }),
  cellOf({ solver: "pndm", steps: 3, nfe: 9, start: "late", timestep: 400, value: 4 }),
  cellOf({ solver: "ddim", steps: 10, start: "noise", timestep: 900, value: 6 }),
];

test("a budget buys what costs no more network calls, whatever the steps", () => {
  const [three, eight, nine, ten] = bestPerBudget(cells, [3, 8, 9, 10]);
  expect(three).toMatchObject({ calls: 3, best: cells[1], noise: cells[0], late: cells[1] });
  expect(eight!.best).toBe(cells[1]);
  expect(nine).toMatchObject({ best: cells[2], noise: cells[0] });
  expect(ten).toMatchObject({ best: cells[2], noise: cells[3] });
});

test("a budget that buys nothing is left out, and a start that nothing has is null", () => {
  expect(bestPerBudget(cells, [2])).toEqual([]);
  expect(bestPerBudget(cells.slice(0, 1), [5])[0]!.late).toBeNull();
});
