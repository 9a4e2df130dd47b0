import { describe, expect, it } from "vitest";
import {
  add,
  evaluate,
  exp,
  input,
  interpret,
  type Kernels,
  mul,
  program,
  sqrt,
} from "../src/index.ts";

describe("evaluate", () => {
  const [x, y] = [input("x", [2]), input("y", [2])];
  const tried = program({ z: sqrt(mul(exp(add(x, y)), x)), sum: add(x, y) });

  it("runs a graph on any library: here, one that writes formulas", () => {
    const kernels = {
      add: ([a, b]: readonly string[]) => [`(${a} + ${b})`],
      mul: ([a, b]: readonly string[]) => [`${a} · ${b}`],
      exp: ([a]: readonly string[]) => [`exp${a}`],
      sqrt: ([a]: readonly string[]) => [`√(${a})`],
    } as unknown as Kernels<string>;
    expect(evaluate(tried, kernels, { x: "x", y: "y" })).toEqual({
      z: "√(exp(x + y) · x)",
      sum: "(x + y)",
    });
  });

  it("releases each value after its last use, and never inputs or outputs", () => {
    const released: string[] = [];
    const named = (name: string) => () => [name];
    const kernels = {
      add: named("add"),
      mul: named("mul"),
      exp: named("exp"),
      sqrt: named("sqrt"),
    } as unknown as Kernels<string>;
    evaluate(tried, kernels, { x: "x", y: "y" }, (value) => released.push(value));
    expect(released).toEqual(["exp", "mul"]);
  });

  it("names an input without a value", () => {
    expect(() => interpret(tried, { x: [1, 2] })).toThrow(
      "interpret: every input needs as many values as it has elements, got y [2], values undefined",
    );
    expect(() => evaluate(tried, {} as Kernels<number>, { x: 1 })).toThrow(
      "evaluate: every input needs a value, got y [2]",
    );
  });
});
