import { invalid } from "../invalid.ts";
import { constant } from "../leaves.ts";
import type { NoAttributes, Operation } from "../operation.ts";
import { type DType, sameShape, type Tensor } from "../tensor.ts";
import { broadcast, sumTo } from "./broadcast.ts";
import { float } from "./checks.ts";

/** What an elementwise operation takes: a tensor, or a number for the same value everywhere. */
export type Operand = Tensor | number;

/** An operand as a tensor; numbers become scalar constants. */
export function tensor(operand: Operand, dtype: DType = "float32"): Tensor {
  return typeof operand === "number" ? constant(operand, [], dtype) : operand;
}

/** An operation on each element of one float32 tensor. `gradient` is dy times the derivative at x, y. */
export function unary<Name extends string>(
  name: Name,
  onnx: string,
  gradient: (dy: Tensor, x: Tensor, y: Tensor) => Tensor,
): Operation<Name, NoAttributes> {
  return {
    name,
    outputs: ([x]) => [{ shape: float(name, x!).shape, dtype: "float32" }],
    gradient: ({ inputs: [x], outputs: [y] }, [dy]) => [gradient(dy!, x!, y!)],
    lower: ({ inputs: [x] }, to) => [to.one(onnx, [to.name(x!)])],
  };
}

/**
 * An operation on pairs of elements of two tensors of one type, broadcast.
 * `gradient` gives the two cotangents before they are summed over the axes that were stretched.
 */
export function binary<Name extends string>(
  name: Name,
  onnx: string,
  gradient: (dy: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly [Tensor, Tensor],
): Operation<Name, NoAttributes> {
  return {
    name,
    outputs: ([a, b]) => {
      if (a!.dtype !== b!.dtype || a!.dtype === "bool") {
        throw invalid(name, "both must be float32, or both int32", { a, b });
      }
      return [{ shape: broadcast(name, { a: a!, b: b! }), dtype: a!.dtype }];
    },
    gradient: ({ inputs: [a, b], outputs: [y] }, [dy]) => {
      const [da, db] = gradient(dy!, a!, b!, y!);
      return [sumTo(da, a!.shape), sumTo(db, b!.shape)];
    },
    lower: ({ inputs: [a, b] }, to) => [to.one(onnx, [to.name(a!), to.name(b!)])],
  };
}

/** The inputs of a binary operation: numbers take the other's type, and stretching is left to the operation. */
export function pair(a: Operand, b: Operand): [Tensor, Tensor] {
  const x = tensor(a, typeof b === "number" ? "float32" : b.dtype);
  const y = tensor(b, x.dtype);
  const first = unstretched(x, y);
  return [first, first === x ? unstretched(y, x) : y];
}

/** `x` before it was stretched by broadcastTo, if `other` stretches it just as far. */
function unstretched(x: Tensor, other: Tensor): Tensor {
  const stretched = x.node.op.name === "broadcastTo" && sameShape(x.shape, other.shape);
  return stretched ? x.node.inputs[0]! : x;
}
