import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import { type Shape, sameShape, sizeOf, type Tensor } from "../tensor.ts";

/** The shape to give. */
interface ReshapeAttributes {
  readonly shape: Shape;
}

/** The same elements in another shape; one axis may be −1, for what is left. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const rest = sizeOf(x.shape) / Math.abs(sizeOf(shape));
  const to = shape.map((n) => (n === -1 ? rest : n));
  return sameShape(x.shape, to) ? x : applyOne(reshapeOp, [x], { shape: to });
}

export const reshapeOp: Operation<"reshape", ReshapeAttributes> = {
  name: "reshape",
  outputs: ([x], { shape }) => {
    if (sizeOf(shape) !== sizeOf(x!.shape) || !shape.every((n) => Number.isInteger(n) && n > 0)) {
      throw invalid("reshape", "the number of elements must stay", { x, to: shape });
    }
    return [{ shape, dtype: x!.dtype }];
  },
  gradient: ({ inputs: [x] }, [dy]) => [reshape(dy!, x!.shape)],
  lower: ({ inputs: [x], attributes: { shape } }, to) => [
    to.one("Reshape", [to.name(x!), to.integers(shape)]),
  ],
};
