import { invalid } from "@symbreak/core";
import { type Shape, sizeOf } from "@symbreak/graph";
import type { ParameterSpec } from "../model.ts";

/** Parameters in the order in which they are packed into one vector: shapes by name. */
export type Layout = Readonly<Record<string, Shape>>;

/** The layout of parameters in their own order. */
export function layoutOf(parameters: readonly ParameterSpec[]): Layout {
  return Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));
}

/** How long the packed vector is. */
export function layoutSize(layout: Layout): number {
  return Object.values(layout).reduce((total, shape) => total + sizeOf(shape), 0);
}

/** One vector from weights by name, which must be just those of the layout. */
export function packWeights(
  layout: Layout,
  weights: Readonly<Record<string, Float32Array>>,
): Float32Array {
  const stranger = Object.keys(weights).find((name) => !(name in layout));
  if (stranger !== undefined)
    throw invalid("packWeights", "weights must be in the layout", stranger);
  const vector = new Float32Array(layoutSize(layout));
  let at = 0;
  for (const [name, shape] of Object.entries(layout)) {
    const values = weights[name];
    if (values?.length !== sizeOf(shape))
      throw invalid("packWeights", `"${name}" must have ${sizeOf(shape)} values`, values?.length);
    vector.set(values, at);
    at += values.length;
  }
  return vector;
}

/** The weights by name: views of the vector, not copies. */
export function unpackWeights(layout: Layout, vector: Float32Array): Record<string, Float32Array> {
  if (vector.length !== layoutSize(layout))
    throw invalid("unpackWeights", `vector must have ${layoutSize(layout)} values`, vector.length);
  let at = 0;
  return Object.fromEntries(
    Object.entries(layout).map(([name, shape]) => {
      const end = at + sizeOf(shape);
      const values = vector.subarray(at, end);
      at = end;
      return [name, values];
    }),
  );
}
