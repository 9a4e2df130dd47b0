import { invalid } from "../invalid.ts";
import type { Lowering } from "../onnx/lowering.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { broadcast, sumTo } from "./broadcast.ts";
import { float } from "./checks.ts";

/** Whether the last two axes of a or b are swapped before the product. */
export interface MatmulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * The matrix product over the last two axes, [..., m, k] × [..., k, n] → [..., m, n]; leading axes are broadcast.
 * `transposeA` reads a as [..., k, m], `transposeB` reads b as [..., n, k].
 */
export function matmul(a: Tensor, b: Tensor, options: Partial<MatmulAttributes> = {}): Tensor {
  return applyOne(matmulOp, [a, b], { transposeA: false, transposeB: false, ...options });
}

export const matmulOp: Operation<"matmul", MatmulAttributes> = {
  name: "matmul",
  outputs: ([a, b], { transposeA, transposeB }) => {
    const [x, y] = [float("matmul", a!), float("matmul", b!)];
    if (x.shape.length < 2 || y.shape.length < 2) {
      throw invalid("matmul", "a and b must have at least two axes", { a, b });
    }
    const [m, k] = matrix(x, transposeA);
    const [inner, n] = matrix(y, transposeB);
    if (k !== inner) {
      throw invalid("matmul", `the inner axes must agree, ${k} is not ${inner}`, { a, b });
    }
    const lead = ({ shape, dtype }: Tensor) => ({ shape: shape.slice(0, -2), dtype });
    return [
      { shape: [...broadcast("matmul", { a: lead(x), b: lead(y) }), m, n], dtype: "float32" },
    ];
  },
  gradient: ({ inputs, attributes: { transposeA, transposeB } }, [dy]) => {
    const [a, b] = [inputs[0]!, inputs[1]!];
    const da = transposeA
      ? matmul(b, dy!, { transposeA: transposeB, transposeB: true })
      : matmul(dy!, b, { transposeB: !transposeB });
    const db = transposeB
      ? matmul(dy!, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, dy!, { transposeA: !transposeA });
    return [sumTo(da, a.shape), sumTo(db, b.shape)];
  },
  lower: ({ inputs, attributes: { transposeA, transposeB } }, to) => {
    const [a, b] = [inputs[0]!, inputs[1]!];
    if (a.shape.length === 2 && b.shape.length === 2) {
      const flags = { transA: Number(transposeA), transB: Number(transposeB) };
      return [to.one("Gemm", [to.name(a), to.name(b)], flags)];
    }
    return [to.one("MatMul", [turned(a, transposeA, to), turned(b, transposeB, to)])];
  },
};

function matrix({ shape }: Tensor, transposed: boolean): [number, number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

/** onnxruntime fuses this transposition into the product. */
function turned(x: Tensor, transposed: boolean, to: Lowering): string {
  const last = x.shape.length - 1;
  const perm = x.shape.map((_, i) => (i < last - 1 ? i : 2 * last - 1 - i));
  return transposed ? to.one("Transpose", [to.name(x)], { perm }) : to.name(x);
}
