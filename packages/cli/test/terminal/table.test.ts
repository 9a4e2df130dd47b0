import { expect, test } from "vitest";
import { textTable } from "../../src/terminal/table.ts";

test("textTable aligns the first column left and numbers right, under a rule", () => {
  expect(
    textTable(
      ["name", "n"],
      [
        ["a", "1"],
        ["long name", "100"],
      ],
    ),
  ).toBe(
    ["name          n", "─────────   ───", "a             1", "long name   100", ""].join("\n"),
  );
});

test("textTable without a header has no rule", () => {
  expect(textTable([], [["a", "b"]], [0, 1])).toBe("a   b\n");
});
