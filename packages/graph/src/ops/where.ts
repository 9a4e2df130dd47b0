import { invalid } from "../invalid.ts";
import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { broadcast, sumTo } from "./broadcast.ts";
import { type Operand, tensor } from "./elementwise.ts";

/** a where the condition holds, b elsewhere; all three are broadcast. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return applyOne(whereOp, [condition, tensor(a), tensor(b)], {});
}

export const whereOp: Operation<"where", NoAttributes> = {
  name: "where",
  outputs: ([condition, a, b]) => {
    const inputs = { condition: condition!, a: a!, b: b! };
    if (condition!.dtype !== "bool" || a!.dtype !== "float32" || b!.dtype !== "float32") {
      throw invalid("where", "the condition must be bool, a and b float32", inputs);
    }
    return [{ shape: broadcast("where", inputs), dtype: "float32" }];
  },
  gradient: ({ inputs: [condition, a, b] }, [dy]) => [
    undefined,
    sumTo(where(condition!, dy!, 0), a!.shape),
    sumTo(where(condition!, 0, dy!), b!.shape),
  ],
  lower: ({ inputs }, to) => [to.one("Where", inputs.map(to.name))],
};
