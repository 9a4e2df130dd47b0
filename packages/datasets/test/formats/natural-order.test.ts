import { expect, test } from "vitest";
import { naturalOrder } from "../../src/formats/natural-order.ts";

test("numbers in names count as numbers", () => {
  const names = ["img10", "img2", "Img2", "img1", "a/10.png", "a/9.png"];
  expect(names.sort(naturalOrder)).toEqual([
    "a/9.png",
    "a/10.png",
    "img1",
    "img2",
    "Img2",
    "img10",
  ]);
});

test("names that look the same keep one order", () => {
  expect(naturalOrder("01", "1")).toBe(-naturalOrder("1", "01"));
  expect(naturalOrder("01", "1")).not.toBe(0);
});
