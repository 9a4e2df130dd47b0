import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { float } from "./checks.ts";
import { binary, type Operand, pair } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** a / b, elementwise with broadcasting; float32 only, since integer division differs between engines. */
export function div(a: Operand, b: Operand): Tensor {
  return applyOne(
    divOp,
    pair(a, b).map((x) => float("div", x)),
    {},
  );
}

export const divOp: Operation<"div", NoAttributes> = binary("div", "Div", (dy, _, b, y) => {
  const da = div(dy, b);
  return [da, mul(mul(da, y), -1)];
});
