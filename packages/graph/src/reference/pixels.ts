import type { Kernels } from "../evaluate.ts";
import { type Shape, sizeOf } from "../tensor.ts";
import { indexMap, stridesOf } from "./index-map.ts";
import { pick, type Value } from "./value.ts";

export const pixelKernels: Pick<Kernels<Value>, "averagePool" | "upsampleNearest"> = {
  averagePool: ([x], { size }, { inputs: [from], outputs: [to] }) => {
    const y = new Float64Array(sizeOf(to!.shape));
    const used = [...from!.shape.slice(0, 2), to!.shape[2]! * size, to!.shape[3]! * size];
    const map = indexMap(used, stridesOf(from!.shape));
    pixels(used, size).forEach((at, i) => {
      y[at]! += x![map[i]!]! / size ** 2;
    });
    return [y];
  },
  upsampleNearest: ([x], { scale }, { outputs: [to] }) => [pick(x!, pixels(to!.shape, scale))],
};

/** For each pixel of [n, c, h, w], its place among the cells of size × size pixels. */
function pixels([n, c, h, w]: Shape, size: number): Int32Array {
  const cell = [n!, c!, h! / size, size, w! / size, size];
  const [a, b, y, x] = stridesOf([n!, c!, h! / size, w! / size]) as [
    number,
    number,
    number,
    number,
  ];
  return indexMap(cell, [a, b, y, 0, x, 0]);
}
