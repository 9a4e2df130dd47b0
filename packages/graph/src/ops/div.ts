import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, pair } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** a / b, elementwise with broadcasting. */
export function div(a: Operand, b: Operand): Tensor {
  return applyOne(divOp, pair(a, b), {});
}

export const divOp: Operation<"div", NoAttributes> = binary("div", "Div", (dy, _, b, y) => {
  const da = div(dy, b);
  return [da, mul(mul(da, y), -1)];
});
