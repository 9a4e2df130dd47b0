import { type Multiply, philoxNoise, philoxUniform } from "@symbreak/core";

/** Products kept at once, two for each draw and data point: 32 MB. */
const AT_ONCE = 2 ** 22;

/** What one draw x = alpha a_μ + sigma z needs at any level: its exponents are linear in these. */
export interface PairEnergies {
  /** |a_μ − a_ν|² for each data point ν. */
  readonly distances: Float64Array;
  /** z·(a_μ − a_ν) for each data point ν. */
  readonly alignments: Float64Array;
}

/**
 * Seeded draws of a data point μ and a noise z, each with its distances and alignments to all data points.
 *
 * Two products a draw serve all levels: |x − alpha a_ν|² = |sigma z|² + alpha² |a_μ − a_ν|² + 2 alpha sigma z·(a_μ − a_ν).
 * The arrays are used again for the next draw.
 *
 * @param data centred, n × size
 */
export async function* pairEnergies(
  data: Float32Array,
  size: number,
  draws: number,
  seed: number,
  multiply: Multiply,
): AsyncGenerator<PairEnergies, void, undefined> {
  const count = data.length / size;
  const squares = squaredNorms(data, size);
  const distances = new Float64Array(count);
  const alignments = new Float64Array(count);
  const atOnce = Math.max(1, Math.floor(AT_ONCE / (2 * count)));
  for (let first = 0; first < draws; first += atOnce) {
    const height = Math.min(atOnce, draws - first);
    const { points, rows } = drawRows(data, size, first, height, seed);
    const shape = { rows: 2 * height, inner: size, columns: count, transposeB: true };
    const products = await multiply(rows, data, shape);
    for (let r = 0; r < height; r++) {
      const point = points[r]!;
      const ofPoint = r * count;
      const ofNoise = (height + r) * count;
      const own = products[ofNoise + point]!;
      for (let v = 0; v < count; v++) {
        const square = squares[point]! + squares[v]! - 2 * products[ofPoint + v]!;
        distances[v] = Math.max(0, square);
        alignments[v] = own - products[ofNoise + v]!;
      }
      distances[point] = 0;
      yield { distances, alignments };
    }
  }
}

/** The drawn points, one a row, then the drawn noises; both belong to the number of the draw. */
function drawRows(
  data: Float32Array,
  size: number,
  first: number,
  height: number,
  seed: number,
): { points: Int32Array; rows: Float64Array } {
  const indices = Array.from({ length: height }, (_, r) => first + r);
  const shares = new Float64Array(height);
  philoxUniform(seed, indices)(shares, 1, 0);
  const points = Int32Array.from(shares, (share) => Math.floor((share * data.length) / size));
  const rows = new Float64Array(2 * height * size);
  points.forEach((point, r) => {
    rows.set(data.subarray(point * size, (point + 1) * size), r * size);
  });
  philoxNoise(seed, indices)(rows.subarray(height * size), size, 0);
  return { points, rows };
}

function squaredNorms(rows: Float32Array, size: number): Float64Array {
  const out = new Float64Array(rows.length / size);
  for (let n = 0, i = 0; n < out.length; n++)
    for (let j = 0; j < size; j++, i++) out[n]! += rows[i]! * rows[i]!;
  return out;
}

/**
 * ln Σ_ν exp(−(|x − alpha a_ν|² − |x − alpha a_μ|²)/2 sigma²) of a draw, in terms of ratio = alpha²/sigma²; its own term is 1.
 */
export function logSum({ distances, alignments }: PairEnergies, ratio: number): number {
  const [half, root] = [ratio / 2, Math.sqrt(ratio)];
  let top = 0;
  for (let v = 0; v < distances.length; v++) {
    const exponent = -half * distances[v]! - root * alignments[v]!;
    if (exponent > top) top = exponent;
  }
  let sum = 0;
  for (let v = 0; v < distances.length; v++) {
    const exponent = -half * distances[v]! - root * alignments[v]! - top;
    if (exponent > -40) sum += Math.exp(exponent);
  }
  return top + Math.log(sum);
}
