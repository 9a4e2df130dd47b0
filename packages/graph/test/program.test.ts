import { describe, expect, it } from "vitest";
import { add, exp, input, interpret, mul, program, sub } from "../src/index.ts";

describe("program", () => {
  it("holds the nodes that the outputs need, sources first", () => {
    const [x, y] = [input("x", [2]), input("y", [2])];
    const z = add(mul(x, x), 1);
    sub(z, y);
    const { inputs, nodes, outputs } = program({ z });
    expect(Object.keys(inputs)).toEqual(["x"]);
    expect(nodes.map((node) => node.op.name)).toEqual(["input", "mul", "constant", "add"]);
    expect(outputs).toEqual({ z });
  });

  it("computes equal things once", () => {
    const x = input("x", [2]);
    const twice = program({ y: mul(add(exp(x), 1), add(exp(x), 1)), z: exp(x) });
    expect(twice.nodes.map((node) => node.op.name)).toEqual([
      "input",
      "exp",
      "constant",
      "add",
      "mul",
    ]);
    const { y, z } = interpret(twice, { x: [0, 1] });
    expect([...y!, ...z!]).toEqual([4, (Math.E + 1) ** 2, 1, Math.E]);
  });

  it("takes any name, also one that objects know", () => {
    const tried = program({ toString: exp(input("constructor", [1])) });
    expect(Object.keys(tried.inputs)).toEqual(["constructor"]);
  });

  it("does not confuse constants, attributes or inputs that look alike", () => {
    const [x, y] = [input("x", [1]), input("y", [1])];
    const kept = program({ a: add(exp(x), 1), b: add(exp(y), 2) });
    expect(kept.nodes).toHaveLength(8);
  });

  it("refuses names that mean two things", () => {
    expect(() => program({ z: add(input("x", [2]), input("x", [1])) })).toThrow(
      "program: two inputs must not share a name",
    );
    expect(() => program({ x: exp(input("x", [2])) })).toThrow(
      "program: no output may be named like an input, got x [2]",
    );
  });
});
