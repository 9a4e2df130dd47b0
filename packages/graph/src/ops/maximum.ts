import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { greater } from "./compare.ts";
import { binary, type Operand, pair } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** The larger of a and b, elementwise with broadcasting. Where they are equal the gradient goes half to each. */
export function maximum(a: Operand, b: Operand): Tensor {
  return applyOne(maximumOp, pair(a, b), {});
}

export const maximumOp: Operation<"maximum", NoAttributes> = binary("maximum", "Max", (dy, a, b) =>
  shares(dy, a, b),
);

/** dy where a > b, and dy where a < b; halves of it where they are equal. */
export function shares(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  const half = mul(dy, 0.5);
  const share = (more: Tensor, than: Tensor): Tensor =>
    where(greater(more, than), dy, where(greater(than, more), 0, half));
  return [share(a, b), share(b, a)];
}
