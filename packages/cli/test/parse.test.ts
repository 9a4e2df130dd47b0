import { expect, test } from "vitest";
import { integer, integers, number, oneOf } from "../src/parse.ts";

test("integer reads a whole number and names the option in its error", () => {
  expect(integer("--pad", "32", 1)).toBe(32);
  expect(integer("--pad", undefined, 1)).toBeUndefined();
  expect(() => integer("--pad", "3.5", 1)).toThrow(
    "--pad must be an integer of at least 1, got 3.5",
  );
  expect(() => integer("--pad", "0", 1)).toThrow("at least 1, got 0");
});

test("number refuses what is not a finite number, the empty text too", () => {
  expect(number("--sigma", "1e-2")).toBe(0.01);
  for (const text of ["", " ", "one", "Infinity", "0x"])
    expect(() => number("--sigma", text)).toThrow(`--sigma must be a number, got "${text}"`);
});

test("integers reads a list with commas and refuses anything else", () => {
  expect(integers("--classes", "1, 8")).toEqual([1, 8]);
  for (const text of ["1,", "1;8", "-1", "a"])
    expect(() => integers("--classes", text)).toThrow("such as 1,8");
});

test("oneOf lists the words it would have taken", () => {
  expect(oneOf("--scale", "unit", ["unit", "trace"])).toBe("unit");
  expect(() => oneOf("--scale", "units", ["unit", "trace"])).toThrow(
    '--scale must be one of unit, trace; got "units"',
  );
});
