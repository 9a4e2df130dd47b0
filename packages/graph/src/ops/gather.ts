import { invalid } from "../invalid.ts";
import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import { sizeOf, type Tensor } from "../tensor.ts";
import { matmul } from "./matmul.ts";
import { oneHot } from "./one-hot.ts";
import { reshape } from "./reshape.ts";

/**
 * Rows of a table: table [rows, ...rest], indices int32 of any shape → [...indices, ...rest]. An embedding.
 *
 * The gradient is a product with one-hot rows, since scatter-add exists on few engines. Indices must lie in
 * [0, rows): engines differ in what they do with others.
 */
export function gather(table: Tensor, indices: Tensor): Tensor {
  return applyOne(gatherOp, [table, indices], {});
}

export const gatherOp: Operation<"gather", NoAttributes> = {
  name: "gather",
  outputs: ([table, indices]) => {
    if (table!.shape.length === 0 || indices!.dtype !== "int32") {
      throw invalid("gather", "the table must have rows, and the indices be int32", {
        table,
        indices,
      });
    }
    return [{ shape: [...indices!.shape, ...table!.shape.slice(1)], dtype: table!.dtype }];
  },
  gradient: ({ inputs: [table, indices] }, [dy]) => {
    const rows = table!.shape[0]!;
    const count = sizeOf(indices!.shape);
    const hot = oneHot(reshape(indices!, [count]), rows);
    const dTable = matmul(hot, reshape(dy!, [count, -1]), { transposeA: true });
    return [reshape(dTable, table!.shape), undefined];
  },
  lower: ({ inputs }, to) => [to.one("Gather", inputs.map(to.name), { axis: 0 })],
};
