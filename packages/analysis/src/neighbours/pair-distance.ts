import { coordinateMap, type Data, sizeOf } from "@symbreak/core";

/**
 * |a_i − b_j|² in the units that the model sees, from differences in double: no digits of a small distance are lost, and equal
 * samples have distance 0.
 */
export function pairDistance(a: Data, b: Data): (i: number, j: number) => number {
  const size = sizeOf(a.shape);
  const [p, q] = [coordinateMap(a), coordinateMap(b)];
  return (i, j) => {
    let square = 0;
    for (let k = 0, at = i * size, to = j * size; k < size; k++, at++, to++) {
      const x = p.a[k]! * a.values[at]! + p.b[k]!;
      const difference = x - (q.a[k]! * b.values[to]! + q.b[k]!);
      square += difference * difference;
    }
    return square;
  };
}
