/**
 * Eigenvalues of a symmetric tridiagonal matrix by the implicit QL iteration (Wilkinson's shift), in no order.
 *
 * `vectors` (n × width, row-major) is rotated in place: the identity (width n) becomes one eigenvector a row, and
 * its last column (width 1) becomes the last component of each eigenvector, which is all that Lanczos's residuals
 * need. Off-diagonals count as zero below ε·‖T‖, so that a rank-deficient matrix cannot stall the iteration; the
 * values are accurate to about ε·‖T‖.
 *
 * @param diagonal n entries
 * @param offDiagonal n − 1 entries
 */
export function tridiagonalEigen(
  diagonal: ArrayLike<number>,
  offDiagonal: ArrayLike<number>,
  vectors: Float64Array = new Float64Array(0),
): Float64Array {
  const n = diagonal.length;
  const width = vectors.length / n;
  let norm = 0;
  for (let i = 0; i < n; i++)
    norm = Math.max(norm, Math.abs(diagonal[i]!) + 2 * Math.abs(offDiagonal[i] ?? 0));
  if (norm === 0 || n === 1) return Float64Array.from(diagonal);
  const d = Float64Array.from(diagonal, (value) => value / norm);
  const e = Float64Array.from({ length: n }, (_, i) => (i < n - 1 ? offDiagonal[i]! / norm : 0));

  for (let low = 0; low < n; low++) {
    for (let sweep = 0; ; sweep++) {
      let high = low;
      while (high < n - 1 && Math.abs(e[high]!) > Number.EPSILON) high++;
      if (high === low) break;
      if (sweep === 60) throw new Error("tridiagonalEigen: no convergence in 60 sweeps");
      sweepUp(d, e, low, high, vectors, width);
    }
  }
  return d.map((value) => value * norm);
}

/** One QL sweep with implicit shift on rows low … high. */
function sweepUp(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  vectors: Float64Array,
  width: number,
): void {
  const half = (d[low + 1]! - d[low]!) / (2 * e[low]!);
  const away = half + Math.sign(half || 1) * Math.sqrt(half * half + 1);
  let g = d[high]! - d[low]! + e[low]! / away;
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const radius = Math.sqrt(f * f + g * g);
    e[i + 1] = radius;
    if (radius === 0) {
      d[i + 1]! -= shift;
      e[high] = 0;
      return;
    }
    sine = f / radius;
    cosine = g / radius;
    const base = d[i + 1]! - shift;
    const turn = (d[i]! - base) * sine + 2 * cosine * b;
    shift = sine * turn;
    d[i + 1] = base + shift;
    g = cosine * turn - b;
    const lower = i * width;
    for (let k = lower; k < lower + width; k++) {
      const upper = vectors[k + width]!;
      vectors[k + width] = sine * vectors[k]! + cosine * upper;
      vectors[k] = cosine * vectors[k]! - sine * upper;
    }
  }
  d[low]! -= shift;
  e[low] = g;
  e[high] = 0;
}
