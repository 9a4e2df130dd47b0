import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import { type Shape, sameShape, type Tensor } from "../tensor.ts";
import { sumTo } from "./sum-to.ts";

/** The shape to stretch to. */
interface BroadcastToAttributes {
  readonly shape: Shape;
}

/** x repeated along axes of 1 (or new leading ones) up to `shape`. Elementwise operations broadcast by themselves. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : applyOne(broadcastToOp, [x], { shape });
}

export const broadcastToOp: Operation<"broadcastTo", BroadcastToAttributes> = {
  name: "broadcastTo",
  outputs: ([x], { shape }) => {
    const lead = shape.length - x!.shape.length;
    if (lead < 0 || !x!.shape.every((n, axis) => n === 1 || n === shape[axis + lead])) {
      throw invalid("broadcastTo", "axes aligned from the last must be equal or 1", {
        x,
        to: shape,
      });
    }
    return [{ shape, dtype: x!.dtype }];
  },
  gradient: ({ inputs: [x] }, [dy]) => [sumTo(dy!, x!.shape)],
  lower: ({ inputs: [x], attributes: { shape } }, to) => [
    to.one("Expand", [to.name(x!), to.integers(shape)]),
  ],
};
