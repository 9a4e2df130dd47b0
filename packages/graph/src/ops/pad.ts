import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { float } from "./elementwise.ts";
import { slice } from "./slice.ts";

/** For each axis, how many zeros come before and after. */
interface PadAttributes {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** x framed with zeros: `before[i]` and `after[i]` of them on axis i. */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  const none = [...before, ...after].every((n) => n === 0) && before.length === x.shape.length;
  return none ? x : applyOne(padOp, [x], { before, after });
}

export const padOp: Operation<"pad", PadAttributes> = {
  name: "pad",
  outputs: ([x], { before, after }) => {
    const { shape } = float("pad", x!);
    const counts = [...before, ...after];
    const each = before.length === shape.length && after.length === shape.length;
    if (!each || !counts.every((n) => Number.isInteger(n) && n >= 0)) {
      throw invalid("pad", "before and after must hold a count for every axis", {
        before,
        after,
        x,
      });
    }
    return [{ shape: shape.map((n, axis) => n + before[axis]! + after[axis]!), dtype: "float32" }];
  },
  gradient: ({ inputs: [x], attributes: { before } }, [dy]) => [slice(dy!, before, x!.shape)],
  lower: ({ inputs: [x], attributes: { before, after } }, to) => [
    to.one("Pad", [to.name(x!), to.integers([...before, ...after])]),
  ],
};
