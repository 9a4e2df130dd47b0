import { constant, type Shape, sizeOf, type Tensor } from "../../src/index.ts";

/** scale · sin(salt + 0.7 i), as in scripts/record_pytorch.py. */
export function wave(shape: Shape, salt = 0, scale = 1): Float64Array {
  return Float64Array.from({ length: sizeOf(shape) }, (_, i) => scale * Math.sin(salt + 0.7 * i));
}

/** A wave as a graph constant. */
export function waveTensor(shape: Shape, salt = 0, scale = 1): Tensor {
  return constant(wave(shape, salt, scale), shape);
}
