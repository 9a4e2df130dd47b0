import { expect, test } from "vitest";
import { invalid } from "../src/index.ts";

test("an error names the function, the argument with its rule, and the value", () => {
  const message = (value: unknown) => invalid("ddim", "eta must lie in [0, 1]", value).message;
  expect(message(2)).toBe("ddim: eta must lie in [0, 1], got 2");
  expect(message("a")).toBe('ddim: eta must lie in [0, 1], got "a"');
  expect(message(null)).toMatch(/got null$/);
  expect(message([1, 2])).toMatch(/got \[1, 2\]$/);
  expect(message(new Float32Array(9))).toMatch(/got \[0, 0, 0, 0, 0, 0, … 9 in all\]$/);
  expect(message({ alpha: 1, name: "x" })).toMatch(/got \{ alpha: 1, name: "x" \}$/);
  expect(invalid("a", "b", 1)).toBeInstanceOf(RangeError);
});
