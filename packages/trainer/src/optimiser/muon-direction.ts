import { mul, pack, reshape, type Shape, sizeOf, type Tensor, unpack } from "@symbreak/graph";
import { orthogonalise } from "./orthogonalise.ts";

/** One of the tensors that are packed into the vectors of a step. */
export interface Piece {
  readonly shape: Shape;
  /** False for a table that no gradient reaches. */
  readonly isLearned: boolean;
  /** Multiplies the learning rate; 1 by default. */
  readonly rate?: number | undefined;
}

/** Fewer rows or columns are no matrix worth turning: first and last layers, and vectors. */
const LEAST = 32;

/**
 * The directions of Muon (Jordan et al. 2024, github.com/KellerJordan/Muon) in the place of Adam's where a parameter is
 * a matrix: its momentum, made orthogonal, moves all the directions of a layer alike. Filters of convolutions are
 * matrices of [out, in · kh · kw].
 *
 * An orthogonal matrix has a root mean square of 1/√(longer side); `rms` is what it is scaled to, so that one learning
 * rate serves both kinds (Liu et al. 2025, arXiv 2502.16982, who take 0.2).
 */
export function muonDirection(
  adam: Tensor,
  momentum: Tensor,
  pieces: readonly Piece[],
  rms: number,
): Tensor {
  const shapes = Object.fromEntries(pieces.map(({ shape }, i) => [i, shape]));
  const [usual, moments] = [unpack(adam, shapes), unpack(momentum, shapes)];
  return pack(
    pieces.map(({ shape, isLearned }, i) => {
      const rows = shape[0] ?? 1;
      const columns = sizeOf(shape) / rows;
      if (!isLearned || shape.length < 2 || Math.min(rows, columns) < LEAST) return usual[i]!;
      const matrix = orthogonalise(reshape(moments[i]!, [rows, columns]));
      return mul(matrix, rms * Math.sqrt(Math.max(rows, columns)));
    }),
  );
}
