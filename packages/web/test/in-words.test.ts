import { expect, it } from "vitest";
import { inWords } from "../src/workers/in-words.ts";

it.each([
  "Array buffer allocation failed",
  "WebAssembly.Memory(): could not allocate memory",
  "std::bad_alloc",
  "Out of memory",
])("engines that have too little memory are understood: %s", (message) => {
  expect(inWords(new RangeError(message)).message).toMatch(/not enough memory/);
});

it("other errors keep their own words, also where they are none", () => {
  const error = new RangeError("sample: steps must be a positive integer (got 0)");
  expect(inWords(error)).toBe(error);
  expect(inWords(7).message).toBe("7");
});
