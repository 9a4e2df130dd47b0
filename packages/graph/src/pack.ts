import { invalid } from "./invalid.ts";
import { concat } from "./ops/concat.ts";
import { split } from "./ops/pad-slice.ts";
import { reshape } from "./ops/reshape.ts";
import { type Shape, sizeOf, type Tensor } from "./tensor.ts";

/** Tensors end to end in one vector: parameters and their gradients, for an optimiser that treats all alike. */
export function pack(tensors: readonly Tensor[]): Tensor {
  return concat(
    tensors.map((tensor) => reshape(tensor, [-1])),
    0,
  );
}

/**
 * Cuts a vector into tensors of the given shapes, in their order. The inverse of {@link pack}.
 *
 * Differentiate with respect to the pieces and pack the results: the gradient of the vector itself costs a padded
 * copy of the whole for each piece.
 */
export function unpack<Name extends string>(
  vector: Tensor,
  shapes: Readonly<Record<Name, Shape>>,
): Record<Name, Tensor> {
  const entries = Object.entries(shapes) as [Name, Shape][];
  const lengths = entries.map(([, shape]) => sizeOf(shape));
  const total = lengths.reduce((sum, n) => sum + n, 0);
  if (vector.shape.length !== 1 || vector.shape[0] !== total) {
    throw invalid("unpack", "the vector must hold just the shapes' elements", { vector, total });
  }
  const pieces = split(vector, lengths, 0);
  return Object.fromEntries(
    entries.map(([name, shape], i) => [name, reshape(pieces[i]!, shape)]),
  ) as Record<Name, Tensor>;
}
