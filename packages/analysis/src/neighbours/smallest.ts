/** Keeps the k smallest of the values offered to each of `rows` rows, with their indices; earlier ones win ties. */
export interface Smallest {
  /** rows × k, ascending; Infinity and −1 where fewer were offered. */
  readonly values: Float64Array;
  readonly indices: Int32Array;
  offer(row: number, value: number, index: number): void;
}

export function smallest(rows: number, k: number): Smallest {
  const values = new Float64Array(rows * k).fill(Infinity);
  const indices = new Int32Array(rows * k).fill(-1);
  const offer = (row: number, value: number, index: number): void => {
    const first = row * k;
    let place = first + k - 1;
    if (!(value < values[place]!)) return;
    for (; place > first && value < values[place - 1]!; place--) {
      values[place] = values[place - 1]!;
      indices[place] = indices[place - 1]!;
    }
    values[place] = value;
    indices[place] = index;
  };
  return { values, indices, offer };
}
