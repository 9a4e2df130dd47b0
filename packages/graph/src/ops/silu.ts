import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { float } from "./checks.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { sub } from "./sub.ts";

/** x · sigmoid(x), elementwise: the U-Net's non-linearity, also called swish. */
export function silu(x: Tensor): Tensor {
  return applyOne(siluOp, [x], {});
}

export const siluOp: Operation<"silu", NoAttributes> = {
  name: "silu",
  outputs: ([x]) => [{ shape: float("silu", x!).shape, dtype: "float32" }],
  // s + x s (1 − s) with s = sigmoid(x), written with y = x s: one product fewer.
  gradient: ({ inputs: [x], outputs: [y] }, [dy]) => {
    const s = sigmoid(x!);
    return [mul(dy!, add(y!, mul(s, sub(1, y!))))];
  },
  lower: ({ inputs: [x] }, to) => {
    const name = to.name(x!);
    return [to.one("Mul", [name, to.one("Sigmoid", [name])])];
  },
};
