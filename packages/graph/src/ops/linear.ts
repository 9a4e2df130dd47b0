import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { matmul } from "./matmul.ts";
import { reshape } from "./reshape.ts";

/** x Wᵀ + b over the last axis, as PyTorch's Linear: x [..., in], weight [out, in], bias [out] → [..., out]. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const rows = reshape(x, [-1, x.shape.at(-1)!]);
  const y = matmul(rows, weight, { transposeB: true });
  return reshape(bias ? add(y, bias) : y, [...x.shape.slice(0, -1), weight.shape[0]!]);
}
