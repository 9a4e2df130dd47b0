import { add, div, matmul, mul, sqrt, sum, type Tensor } from "@symbreak/graph";

/** Coefficients of the odd polynomial that is applied again and again: steep at zero, its values in 0.68 … 1.13. */
const [LINEAR, CUBIC, QUINTIC] = [3.4445, -4.775, 2.0315];

/**
 * Roughly the orthogonal matrix nearest to a matrix, U Vᵀ of its singular value decomposition, by five iterations of
 * Newton and Schulz with the coefficients of Jordan et al. 2024: singular values from a hundredth of the matrix's norm
 * up end between 0.68 and 1.13, which is near enough for a direction. A matrix of zeros stays one.
 */
export function orthogonalise(matrix: Tensor): Tensor {
  let x = div(matrix, add(sqrt(sum(mul(matrix, matrix))), 1e-12));
  const isWide = matrix.shape[0]! <= matrix.shape[1]!;
  for (let i = 0; i < 5; i++) {
    // The smaller of the two squares.
    const square = matmul(x, x, isWide ? { transposeB: true } : { transposeA: true });
    const rest = add(mul(square, CUBIC), mul(matmul(square, square), QUINTIC));
    x = add(mul(x, LINEAR), isWide ? matmul(rest, x) : matmul(x, rest));
  }
  return x;
}
