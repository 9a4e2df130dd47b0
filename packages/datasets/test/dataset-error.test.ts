import { expect, test } from "vitest";
import { DatasetError } from "../src/dataset-error.ts";

test("the message names file, offset, expected and found, and so do the fields", () => {
  const cause = new Error("low level");
  const error = new DatasetError({
    file: "a.npy",
    offset: 6,
    expected: "b",
    found: "c",
    hint: "Do d",
    cause,
  });
  expect(error.message).toBe("a.npy, byte 6: expected b, found c. Do d");
  expect(error).toMatchObject({
    name: "DatasetError",
    file: "a.npy",
    offset: 6,
    expected: "b",
    found: "c",
    cause,
  });
  expect(new DatasetError({ file: "a", expected: "b", found: "c" }).message).toBe(
    "a: expected b, found c",
  );
});

test("of what a file holds without end, the beginning is told", () => {
  const { message } = new DatasetError({ file: "a", expected: "b", found: "c".repeat(1e6) });
  expect(message.length).toBeLessThan(4100);
  expect(message).toContain("… 1000000 letters in all");
});
