import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { broadcast } from "./broadcast.ts";
import { type Operand, pair } from "./elementwise.ts";

/** Which relation is tested. */
interface CompareAttributes {
  readonly relation: "greater" | "equal";
}

/** Where a > b, elementwise with broadcasting: a `bool` tensor for `where`. It stops the gradient. */
export function greater(a: Operand, b: Operand): Tensor {
  return applyOne(compareOp, pair(a, b), { relation: "greater" });
}

/** Where a < b, as {@link greater}. */
export function less(a: Operand, b: Operand): Tensor {
  return greater(b, a);
}

/** Where a = b, as {@link greater}. */
export function equal(a: Operand, b: Operand): Tensor {
  return applyOne(compareOp, pair(a, b), { relation: "equal" });
}

export const compareOp: Operation<"compare", CompareAttributes> = {
  name: "compare",
  outputs: ([a, b], { relation }) => {
    if (a!.dtype !== b!.dtype || a!.dtype === "bool") {
      throw invalid(relation, "both must be float32, or both int32", { a, b });
    }
    return [{ shape: broadcast(relation, { a: a!, b: b! }), dtype: "bool" }];
  },
  lower: ({ inputs: [a, b], attributes: { relation } }, to) => [
    to.one(relation === "greater" ? "Greater" : "Equal", [to.name(a!), to.name(b!)]),
  ],
};
