import { type Shape, sizeOf } from "../tensor.ts";

/** Row-major strides of a shape. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** For each index of `shape` in row-major order, offset + Σ index · stride. */
export function indexMap(shape: Shape, strides: readonly number[], offset = 0): Int32Array {
  const map = new Int32Array(sizeOf(shape));
  const index = new Array<number>(shape.length).fill(0);
  let at = offset;
  for (let i = 0; i < map.length; i++) {
    map[i] = at;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      at += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      at -= index[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return map;
}

/** For each index of `to`, the place in `from` that is stretched to it. */
export function broadcastMap(from: Shape, to: Shape): Int32Array {
  const lead = to.length - from.length;
  const strides = stridesOf(from);
  return indexMap(
    to,
    to.map((_, axis) => (axis < lead || from[axis - lead] === 1 ? 0 : strides[axis - lead]!)),
  );
}

/** The flat position of an index. */
export function positionOf(index: readonly number[], shape: Shape): number {
  const strides = stridesOf(shape);
  return index.reduce((at, i, axis) => at + i * strides[axis]!, 0);
}
