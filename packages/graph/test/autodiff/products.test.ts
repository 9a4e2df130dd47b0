import { describe, expect, it } from "vitest";
import {
  input,
  interpret,
  jvp,
  matmul,
  mul,
  program,
  reshape,
  sum,
  tanh,
  vjp,
} from "../../src/index.ts";
import { uniform } from "../support/random.ts";

describe("vjp and jvp", () => {
  const [x, w] = [input("x", [2, 3]), input("w", [3, 4])];
  const y = tanh(matmul(x, w));
  const z = sum(mul(y, y), [1]);
  const [u, s] = [input("u", [2, 4]), input("s", [2])];
  const [dx, dw] = [input("dx", [2, 3]), input("dw", [3, 4])];
  const at = Object.fromEntries(
    [x, w, u, s, dx, dw].map((t, i) => [
      (t.node.attributes as { name: string }).name,
      uniform(t.shape, i, -1, 1),
    ]),
  );

  it("are adjoint: ⟨u, J t⟩ = ⟨Jᵀ u, t⟩ over several inputs and outputs", () => {
    const [jy, jz] = jvp([y, z], [x, w], [dx, dw]);
    const [vx, vw] = vjp([y, z], [x, w], [u, s]);
    const dot = (a: typeof x, b: typeof x) => sum(mul(a, b));
    const { left1, left2, right1, right2 } = interpret(
      program({
        left1: dot(u, jy!),
        left2: dot(s, jz!),
        right1: dot(vx!, dx),
        right2: dot(vw!, dw),
      }),
      at,
    );
    expect(left1![0]! + left2![0]!).toBeCloseTo(right1![0]! + right2![0]!, 12);
  });

  it("jvp leaves no trace of the cotangent it was built with", () => {
    const [jy] = jvp([y], [x], [dx]);
    expect(Object.keys(program({ jy: jy! }).inputs).sort()).toEqual(["dx", "w", "x"]);
  });

  it("want a partner of the right shape for each tensor", () => {
    expect(() => vjp([y], [x], [reshape(u, [4, 2])])).toThrow(
      "vjp: each output needs a cotangent of its shape, got output [2, 4], cotangent [4, 2]",
    );
    expect(() => jvp([y], [x, w], [dx])).toThrow(
      "jvp: each input needs a tangent of its shape, got x [3, 4], tangent undefined",
    );
  });
});
