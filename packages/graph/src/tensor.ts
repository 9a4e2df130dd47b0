import type { Operation } from "./operation.ts";

/** Sizes of the axes, outermost first; `[]` is a scalar. Images are [batch, channels, height, width]. */
export type Shape = readonly number[];

/** Element types. Only `float32` is differentiable; `int32` indexes, `bool` chooses. */
export type DType = "float32" | "int32" | "bool";

/** What is known of a value before it is computed. */
export interface Signature {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A value in a static graph: output number `index` of `node`. Immutable, and compared by identity. */
export interface Tensor extends Signature {
  readonly node: Node;
  readonly index: number;
}

/** One application of an operation. The graph of a tensor is whatever its node reaches through `inputs`. */
export interface Node<Attributes = unknown> {
  /** Grows with creation, so that sorting by it sorts topologically. */
  readonly id: number;
  readonly op: Operation<string, Attributes>;
  readonly attributes: Attributes;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** The number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, axis) => n === b[axis]);
}
