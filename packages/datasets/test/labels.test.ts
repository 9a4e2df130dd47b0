import { expect, test } from "vitest";
import { packLabels, takeLabels } from "../src/labels.ts";

test("labels take one byte up to class 255, two beyond", () => {
  expect(packLabels([0, 255], "x")).toEqual(Uint8Array.of(0, 255));
  expect(packLabels([0, 256], "x")).toEqual(Uint16Array.of(0, 256));
});

test("what is no class number is named with its place", () => {
  for (const value of [-1, 0.5, 65536, Number.NaN]) {
    expect(() => packLabels([1, value], "x")).toThrow(
      `x: expected class numbers of 0 to 65535, found ${value} at label 1`,
    );
  }
});

test("takeLabels copies", () => {
  const labels = Uint8Array.of(1, 2, 3);
  expect(takeLabels(labels, [2, 0])).toEqual(Uint8Array.of(3, 1));
  expect(labels).toEqual(Uint8Array.of(1, 2, 3));
});
