import { describe, expect, it } from "vitest";
import { constant, input } from "../src/index.ts";

describe("input and constant", () => {
  it("carry shape and type", () => {
    expect(input("x", [2, 3], "int32")).toMatchObject({ shape: [2, 3], dtype: "int32" });
    expect(constant(5).shape).toEqual([]);
    expect(constant([1, 2]).shape).toEqual([2]);
  });

  it("refuse impossible shapes and values", () => {
    expect(() => input("x", [2, 0])).toThrow(
      "input: every axis must have a whole, positive size, got shape [2, 0]",
    );
    expect(() => constant([1, 2, 3], [2, 2])).toThrow(
      "constant: the values must fill the shape, got values 3, shape [2, 2]",
    );
    expect(() => constant([1, 2.5], [2], "int32")).toThrow(
      "constant: int32 values must be whole, got values [1, 2.5]",
    );
  });
});
