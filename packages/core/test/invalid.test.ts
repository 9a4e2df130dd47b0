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

test("of a value without end, as a file may hold, the beginning is shown and how much there is", () => {
  const message = (value: unknown) => invalid("f", "rule", value).message;
  expect(message("x".repeat(1e6))).toBe(
    `f: rule, got "${"x".repeat(200)}… 1000000 letters in all"`,
  );
  expect(message(["x".repeat(1e6)]).length).toBeLessThan(300);
  let deep: unknown[] = [];
  for (let level = 0; level < 1e5; level++) deep = [deep];
  expect(message(deep)).toBe("f: rule, got [[[…]]]");
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i]));
  expect(message(wide)).toContain("k11: 11, … 1000 in all }");
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(message(loop)).toBe("f: rule, got { self: { self: { self: … } } }");
  expect(invalid("f", "y".repeat(1e6), 1).message.length).toBeLessThan(5000);
});
