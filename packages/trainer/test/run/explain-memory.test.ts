import { expect, test } from "vitest";
import { explainMemory } from "../../src/run/explain-memory.ts";

test.each([
  "Non-zero status code: std::bad_alloc",
  "Failed to allocate memory for requested buffer of size 123",
  "Array buffer allocation failed",
  "OOM when allocating tensor with shape[32,128]",
])("%s means that memory ran out", (message) => {
  const explained = explainMemory(new Error(message), 32) as Error;
  expect(explained.message).toContain("out of memory: take a smaller batch (now 32)");
  expect(explained.message).toContain(message);
});

test("other errors stay as they are", () => {
  const error = new Error("the worker has ended");
  expect(explainMemory(error, 32)).toBe(error);
});
