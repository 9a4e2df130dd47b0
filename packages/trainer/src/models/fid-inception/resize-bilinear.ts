import { constant, matmul, type Tensor } from "@symbreak/graph";

/**
 * Images [n, c, h, w] brought to side × side by linear interpolation between pixel centres, as PyTorch's
 * `interpolate(mode="bilinear", align_corners=False)`: no smoothing where it shrinks.
 */
export function resizeBilinear(x: Tensor, side: number): Tensor {
  const [, , height, width] = x.shape as [number, number, number, number];
  const rows = matmul(interpolation(height, side), x);
  return matmul(rows, interpolation(width, side), { transposeB: true });
}

/** [side, length]: each row holds the two weights of one place. */
function interpolation(length: number, side: number): Tensor {
  const weights = new Float32Array(side * length);
  for (let i = 0; i < side; i++) {
    const at = Math.max(0, ((i + 0.5) * length) / side - 0.5);
    const low = Math.min(Math.floor(at), length - 1);
    const high = Math.min(low + 1, length - 1);
    weights[i * length + low]! += 1 - (at - low);
    weights[i * length + high]! += at - low;
  }
  return constant(weights, [side, length]);
}
