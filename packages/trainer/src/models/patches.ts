import { reshape, type Tensor, transpose } from "@symbreak/graph";

/** [n, c, h, w] → [n, p²·c, h/p, w/p]: channel (i·p + j)·c + k has row i and column j of each square of channel k. */
export function spaceToDepth(x: Tensor, patch: number): Tensor {
  if (patch === 1) return x;
  const [, c, h, w] = x.shape as [number, number, number, number];
  const squares = reshape(x, [-1, c, h / patch, patch, w / patch, patch]);
  const apart = transpose(squares, [0, 3, 5, 1, 2, 4]);
  return reshape(apart, [-1, patch ** 2 * c, h / patch, w / patch]);
}

/** The way back. */
export function depthToSpace(x: Tensor, patch: number): Tensor {
  if (patch === 1) return x;
  const [, depth, h, w] = x.shape as [number, number, number, number];
  const c = depth / patch ** 2;
  const apart = reshape(x, [-1, patch, patch, c, h, w]);
  const squares = transpose(apart, [0, 3, 4, 1, 5, 2]);
  return reshape(squares, [-1, c, h * patch, w * patch]);
}
