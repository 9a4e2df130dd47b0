import { dot, normalise, orthogonalise } from "@symbreak/core/linalg";

/**
 * Solves A y = b by GMRES (Saad & Schultz 1986) from zero, A given by its products: the y of a Krylov space of at most
 * `most` dimensions that leaves the smallest residual, stopped early at `tolerance` · |b|.
 */
export async function gmres(
  apply: (v: Float64Array) => Promise<Float64Array>,
  b: Float64Array,
  { tolerance = 1e-2, most = 30 }: { tolerance?: number; most?: number } = {},
): Promise<Float64Array> {
  const length = Math.sqrt(dot(b, b));
  if (length === 0) return new Float64Array(b.length);
  const basis = [normalise(b.slice())];
  /** Column j of the triangular factor of the Hessenberg matrix. */
  const columns: number[][] = [];
  const turns: [cosine: number, sine: number][] = [];
  const right = [length];
  while (columns.length < Math.min(most, b.length)) {
    const image = await apply(basis.at(-1)!);
    const before = Math.sqrt(dot(image, image));
    const column = project(image, basis);
    const rest = Math.sqrt(dot(image, image));
    turns.forEach(([c, s], i) => {
      const [p, q] = [column[i]!, column[i + 1]!];
      column[i] = c * p + s * q;
      column[i + 1] = c * q - s * p;
    });
    const last = columns.length;
    const radius = Math.hypot(column[last]!, rest);
    if (radius <= 1e-14 * before || radius === 0) break;
    const [c, s] = [column[last]! / radius, rest / radius];
    turns.push([c, s]);
    column[last] = radius;
    columns.push(column);
    right.push(-s * right[last]!);
    right[last]! *= c;
    if (Math.abs(right.at(-1)!) <= tolerance * length || rest <= 1e-12 * before) break;
    basis.push(normalise(image));
  }
  return combined(basis, backSubstituted(columns, right), b.length);
}

/** Takes the components along the basis out of `vector`, in place, and returns them. */
function project(vector: Float64Array, basis: readonly Float64Array[]): number[] {
  const original = vector.slice();
  orthogonalise(vector, basis);
  for (let i = 0; i < original.length; i++) original[i]! -= vector[i]!;
  return basis.map((direction) => dot(direction, original));
}

function backSubstituted(columns: readonly number[][], right: readonly number[]): number[] {
  const y = right.slice(0, columns.length);
  for (let j = columns.length - 1; j >= 0; j--) {
    y[j]! /= columns[j]![j]!;
    for (let i = 0; i < j; i++) y[i]! -= columns[j]![i]! * y[j]!;
  }
  return y;
}

function combined(
  basis: readonly Float64Array[],
  weights: readonly number[],
  size: number,
): Float64Array {
  const out = new Float64Array(size);
  weights.forEach((weight, j) => {
    for (let i = 0; i < size; i++) out[i]! += weight * basis[j]![i]!;
  });
  return out;
}
