import { checkFinite, coordinateMap, type Data, sizeOf } from "@symbreak/core";
import { coordinateMoments } from "../moments/coordinate-moments.ts";

/** The data about their mean in single precision: distances keep their digits, and products cost half the memory. */
export function centredFloats(where: string, data: Data): Float32Array {
  const { values } = data;
  const size = sizeOf(data.shape);
  const { mean } = coordinateMoments(data);
  const { a, b } = coordinateMap(data);
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; )
    for (let j = 0; j < size; j++, i++) out[i] = a[j]! * values[i]! + (b[j]! - mean[j]!);
  checkFinite(where, out, size);
  return out;
}
