import type { Kernels } from "../evaluate.ts";
import { sizeOf } from "../tensor.ts";
import { broadcastMap, indexMap, positionOf, stridesOf } from "./index-map.ts";
import { pick, put, type Value } from "./value.ts";

export const layoutKernels: Pick<
  Kernels<Value>,
  "reshape" | "transpose" | "slice" | "pad" | "concat" | "broadcastTo" | "sum" | "gather" | "oneHot"
> = {
  reshape: ([x]) => [x!],
  transpose: ([x], { order }, { inputs: [from], outputs: [to] }) => {
    const strides = stridesOf(from!.shape);
    return [
      pick(
        x!,
        indexMap(
          to!.shape,
          order.map((axis) => strides[axis]!),
        ),
      ),
    ];
  },
  slice: ([x], { begin, size }, { inputs: [from] }) => [
    pick(x!, indexMap(size, stridesOf(from!.shape), positionOf(begin, from!.shape))),
  ],
  pad: ([x], { before }, { inputs: [from], outputs: [to] }) => {
    const y = new Float64Array(sizeOf(to!.shape));
    put(y, x!, indexMap(from!.shape, stridesOf(to!.shape), positionOf(before, to!.shape)));
    return [y];
  },
  concat: (parts, { axis }, { inputs, outputs: [to] }) => {
    const y = new Float64Array(sizeOf(to!.shape));
    const strides = stridesOf(to!.shape);
    let offset = 0;
    parts.forEach((part, i) => {
      put(y, part, indexMap(inputs[i]!.shape, strides, offset));
      offset += inputs[i]!.shape[axis]! * strides[axis]!;
    });
    return [y];
  },
  broadcastTo: ([x], { shape }, { inputs: [from] }) => [pick(x!, broadcastMap(from!.shape, shape))],
  sum: ([x], { axes }, { inputs: [from] }) => {
    const kept = from!.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
    const y = new Float64Array(sizeOf(kept));
    broadcastMap(kept, from!.shape).forEach((at, i) => {
      y[at]! += x![i]!;
    });
    return [y];
  },
  gather: ([table, indices], _, { inputs: [from] }) => {
    const row = sizeOf(from!.shape.slice(1));
    const y = new Float64Array(indices!.length * row);
    indices!.forEach((index, i) => {
      y.set(table!.subarray(index * row, (index + 1) * row), i * row);
    });
    return [y];
  },
  oneHot: ([indices], { depth }) => {
    const y = new Float64Array(indices!.length * depth);
    indices!.forEach((index, i) => {
      if (index >= 0 && index < depth) y[i * depth + index] = 1;
    });
    return [y];
  },
};
