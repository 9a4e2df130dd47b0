import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { float } from "./checks.ts";
import { mul } from "./mul.ts";
import { pad } from "./pad-slice.ts";

/** The side of the square window, which is also the stride. */
interface AveragePoolAttributes {
  readonly size: number;
}

/** Means over size × size windows side by side: [n, c, h, w] → [n, c, ⌊h/size⌋, ⌊w/size⌋]; what is left over is dropped. */
export function averagePool(x: Tensor, size: number): Tensor {
  return applyOne(averagePoolOp, [x], { size });
}

export const averagePoolOp: Operation<"averagePool", AveragePoolAttributes> = {
  name: "averagePool",
  outputs: ([x], { size }) => {
    const [n, c, h, w] = float("averagePool", x!).shape;
    if (x!.shape.length !== 4 || !Number.isInteger(size) || size < 1 || size > Math.min(h!, w!)) {
      throw invalid("averagePool", "x must be [n, c, h, w] and the window fit in it", { x, size });
    }
    return [{ shape: [n!, c!, Math.floor(h! / size), Math.floor(w! / size)], dtype: "float32" }];
  },
  gradient: ({ inputs: [x], attributes: { size } }, [dy]) => {
    const spread = upsampleNearest(mul(dy!, 1 / size ** 2), size);
    return [
      pad(
        spread,
        [0, 0, 0, 0],
        x!.shape.map((n, axis) => n - spread.shape[axis]!),
      ),
    ];
  },
  lower: ({ inputs: [x], attributes: { size } }, to) => [
    to.one("AveragePool", [to.name(x!)], { kernel_shape: [size, size], strides: [size, size] }),
  ],
};

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
