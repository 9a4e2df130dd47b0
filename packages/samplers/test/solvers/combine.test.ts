import { expect, test } from "vitest";
import { combine, type Term } from "../../src/index.ts";

test.for([1, 2, 3, 4, 5])("combine sums %d terms", (count) => {
  const terms = Array.from({ length: count }, (_, k): Term => [k + 1, Float64Array.of(1, 10 ** k)]);
  const [first, ...rest] = terms;
  const wanted = [0, 1].map((i) => terms.reduce((sum, [c, batch]) => sum + c * batch[i]!, 0));
  expect([...combine(first!, ...rest)]).toEqual(wanted);
});

test("combine keeps the first batch's type and rounds once", () => {
  const out = combine(
    [1, Float32Array.of(1)],
    [2 ** -30, Float64Array.of(1)],
    [-1, Float32Array.of(1)],
  );
  expect(out).toEqual(Float32Array.of(2 ** -30));
});
