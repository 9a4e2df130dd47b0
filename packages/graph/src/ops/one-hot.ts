import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";

/** How many columns. */
interface OneHotAttributes {
  readonly depth: number;
}

/** int32 indices of any shape → [...indices, depth], float32: 1 in column `index`, 0 elsewhere. */
export function oneHot(indices: Tensor, depth: number): Tensor {
  return applyOne(oneHotOp, [indices], { depth });
}

export const oneHotOp: Operation<"oneHot", OneHotAttributes> = {
  name: "oneHot",
  outputs: ([indices], { depth }) => {
    if (indices!.dtype !== "int32" || !Number.isInteger(depth) || depth < 1) {
      throw invalid("oneHot", "indices must be int32 and depth a positive whole number", {
        indices,
        depth,
      });
    }
    return [{ shape: [...indices!.shape, depth], dtype: "float32" }];
  },
  // Equality with 0 … depth − 1: every provider has it, and OneHot only some.
  lower: ({ inputs: [indices], attributes: { depth } }, to) => {
    const columns = Int32Array.from({ length: depth }, (_, column) => column);
    const rows = to.one("Unsqueeze", [to.name(indices!), to.integers([-1])]);
    const hit = to.one("Equal", [rows, to.data({ shape: [depth], dtype: "int32" }, columns)]);
    return [to.one("Cast", [hit], { to: 1 })];
  },
};
