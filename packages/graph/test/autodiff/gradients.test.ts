import { describe, expect, it } from "vitest";
import {
  add,
  cast,
  constant,
  exp,
  gather,
  gradients,
  input,
  interpret,
  mul,
  program,
  stopGradient,
  sum,
  type Tensor,
} from "../../src/index.ts";

const numbers = (y: Tensor, at: Record<string, number[]>): number[] =>
  Array.from(interpret(program({ y }), at).y!);

describe("gradients", () => {
  const x = input("x", [2]);

  it("adds up what flows along several paths", () => {
    const y = mul(x, x);
    const [dx] = gradients(sum(add(mul(y, x), y)), [x]);
    // x³ + x² → 3 x² + 2 x
    expect(numbers(dx!, { x: [2, -1] })).toEqual([16, 1]);
  });

  it("takes intermediate tensors as variables, also beside what they depend on", () => {
    const y = mul(x, 3);
    const [dx, dy] = gradients(sum(mul(y, y)), [x, y]);
    expect(numbers(dy!, { x: [2, -1] })).toEqual([12, -6]);
    expect(numbers(dx!, { x: [2, -1] })).toEqual([36, -18]);
  });

  it("is zero where the loss does not depend on the variable", () => {
    const [dz] = gradients(sum(x), [input("z", [3])]);
    expect(numbers(dz!, {})).toEqual([0, 0, 0]);
  });

  it("stops where it is told to, and at indices", () => {
    const [dx] = gradients(sum(mul(x, stopGradient(exp(x)))), [x]);
    expect(numbers(dx!, { x: [0, 1] })).toEqual([1, Math.E]);
    const rows = gather(constant([1, 2, 3]), cast(x, "int32"));
    expect(numbers(gradients(sum(mul(rows, x)), [x])[0]!, { x: [2, 0] })).toEqual([3, 1]);
  });

  it("can be differentiated again, and again", () => {
    const cube = sum(mul(mul(x, x), x));
    const [first] = gradients(cube, [x]);
    const [second] = gradients(sum(first!), [x]);
    const [third] = gradients(sum(second!), [x]);
    expect(numbers(second!, { x: [2, -1] })).toEqual([12, -6]);
    expect(numbers(third!, { x: [2, -1] })).toEqual([6, 6]);
  });

  it("wants one number to differentiate, and real variables", () => {
    expect(() => gradients(x, [x])).toThrow(
      "gradients: the loss must be one float32 number, got loss [2]",
    );
    expect(() => gradients(sum(x), [input("i", [2], "int32")])).toThrow(
      "vjp: only float32 tensors have a derivative, got x [2] int32",
    );
  });
});
