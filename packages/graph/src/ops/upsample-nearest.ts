import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { averagePool } from "./average-pool.ts";
import { float } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** How often each pixel is repeated along each side. */
interface UpsampleNearestAttributes {
  readonly scale: number;
}

/** Each pixel repeated scale × scale times: [n, c, h, w] → [n, c, scale · h, scale · w]. */
export function upsampleNearest(x: Tensor, scale: number): Tensor {
  return applyOne(upsampleNearestOp, [x], { scale });
}

export const upsampleNearestOp: Operation<"upsampleNearest", UpsampleNearestAttributes> = {
  name: "upsampleNearest",
  outputs: ([x], { scale }) => {
    const [n, c, h, w] = float("upsampleNearest", x!).shape;
    if (x!.shape.length !== 4 || !Number.isInteger(scale) || scale < 1) {
      throw invalid("upsampleNearest", "x must be [n, c, h, w], scale a positive whole number", {
        x,
        scale,
      });
    }
    return [{ shape: [n!, c!, scale * h!, scale * w!], dtype: "float32" }];
  },
  gradient: ({ attributes: { scale } }, [dy]) => [mul(averagePool(dy!, scale), scale ** 2)],
  lower: ({ inputs: [x], attributes: { scale } }, to) => {
    const scales = to.data({ shape: [4], dtype: "float32" }, [1, 1, scale, scale]);
    const nearest = {
      mode: "nearest",
      coordinate_transformation_mode: "asymmetric",
      nearest_mode: "floor",
    };
    return [to.one("Resize", [to.name(x!), "", scales], nearest)];
  },
};
