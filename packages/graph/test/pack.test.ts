import { describe, expect, it } from "vitest";
import { constant, input, interpret, pack, program, unpack } from "../src/index.ts";

describe("pack and unpack", () => {
  it("cut a vector into tensors and back", () => {
    const { a, b } = unpack(constant([1, 2, 3, 4, 5]), { a: [2, 2], b: [] });
    expect([a.shape, b.shape]).toEqual([[2, 2], []]);
    const { back, onlyB } = interpret(program({ back: pack([a, b]), onlyB: b }));
    expect([Array.from(back!), Array.from(onlyB!)]).toEqual([[1, 2, 3, 4, 5], [5]]);
  });

  it("want the vector to hold just the shapes", () => {
    expect(() => unpack(input("v", [4]), { a: [2, 2], b: [1] })).toThrow(
      "unpack: the vector must hold just the shapes' elements, got vector [4], total 5",
    );
  });
});
