import { expect, test } from "vitest";
import { npyLabels } from "../../src/formats/npy-labels.ts";
import { findings } from "../../src/load-report.ts";
import { bytesOf, npy } from "../support/encode.ts";

const numbers = (shape: number[]) => npy("<i8", shape, bytesOf(BigInt64Array.of(3n, 300n)));
const read = (bytes: Uint8Array, count = 2) => {
  const found = findings();
  return { labels: npyLabels(bytes, "y", count, found), notes: found.report().notes };
};

test("labels are N numbers, or N rows of one", () => {
  expect(read(numbers([2])).labels?.numbers).toEqual(Uint16Array.of(3, 300));
  expect(read(numbers([2, 1])).labels?.numbers).toEqual(Uint16Array.of(3, 300));
  expect(() => read(numbers([2]), 3)).toThrow(
    "y: expected 3 labels, one for each image, found an array of (2)",
  );
  expect(() => read(numbers([1, 2]))).toThrow("an array of (1, 2)");
});

test("strings of either kind, truths and signs are classes by their names", () => {
  const wide = npy("<U3", [2], bytesOf(Uint32Array.from("eelcat", (c) => c.charCodeAt(0))));
  expect(read(wide).labels).toEqual({ numbers: Uint8Array.of(1, 0), names: ["cat", "eel"] });
  const narrow = npy("|S2", [2], Uint8Array.of(98, 0, 97, 98));
  expect(read(narrow).labels).toEqual({ numbers: Uint8Array.of(1, 0), names: ["ab", "b"] });
  const truths = npy("|b1", [2], Uint8Array.of(1, 0));
  expect(read(truths).labels?.names).toEqual(["false", "true"]);
  const signs = npy("|i1", [2], bytesOf(Int8Array.of(1, -1)));
  expect(read(signs).labels).toEqual({ numbers: Uint8Array.of(1, 0), names: ["-1", "1"] });
});

test("one-hot rows are their places", () => {
  const rows = npy("|u1", [2, 3], Uint8Array.of(0, 0, 1, 1, 0, 0));
  expect(read(rows).labels).toEqual({ numbers: Uint8Array.of(2, 0) });
});

test("what is no class is left out, and said; damage is an error", () => {
  const two = npy("|u1", [2, 2], Uint8Array.of(1, 1, 0, 1));
  expect(read(two)).toEqual({
    labels: undefined,
    notes: ["the labels were left out: a sample has several values"],
  });
  const real = npy("<f8", [2], bytesOf(Float64Array.of(0.5, 1)));
  expect(read(real).notes).toEqual(["the labels were left out: real numbers are no classes"]);
  const objects = npy("|O", [2], Uint8Array.of(128));
  expect(read(objects).notes[0]).toContain("neither numbers nor strings (O)");
  const some = npy("|i1", [2], bytesOf(Int8Array.of(5, -1)));
  expect(read(some).notes).toEqual(["the labels were left out: 1 of 2 rows have none"]);
  expect(() => read(numbers([2]).subarray(0, -1))).toThrow("expected 16 bytes of data");
  expect(() => read(npy("<U3", [2], new Uint8Array(23)))).toThrow("expected 24 bytes of strings");
});
