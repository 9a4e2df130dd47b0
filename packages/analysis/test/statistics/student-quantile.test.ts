import { expect, test } from "vitest";
import { studentQuantile } from "../../src/statistics/student-quantile.ts";

test.each([
  [5, 2.5706],
  [9, 2.2622],
  [19, 2.093],
  [39, 2.0227],
  [1e9, 1.96],
])("97.5 %% of Student's t with %i degrees of freedom is %d", (degrees, quantile) => {
  expect(Math.abs(studentQuantile(degrees) - quantile)).toBeLessThan(0.003 * quantile);
});
