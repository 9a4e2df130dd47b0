/** The reference's values: always doubles, row-major; a `bool` is 0 or 1. */
export type Value = Float64Array;

/** x at each place of the map. */
export function pick(x: Value, map: Int32Array): Value {
  return Float64Array.from(map, (at) => x[at]!);
}

/** Writes x to the places of the map. */
export function put(y: Value, x: Value, map: Int32Array): void {
  map.forEach((at, i) => {
    y[at] = x[i]!;
  });
}
