import { kernelsOf } from "./instantiate.ts";
import { scatterKernel } from "./scatter-kernel.ts";

const instantiate = kernelsOf(() => ({ scatter: scatterKernel() }));

/** Bytes read at once, for both uses from a second-level cache. */
const BLOCK = 1 << 18;

/**
 * The product with a scatter matrix of bytes that is never formed: `out += Σ_i ((x_i − mean)·w) x_i` over the rows of
 * `values` (count × size), in double precision, by WebAssembly SIMD.
 *
 * Σ_i (x_i − mean)·w is 0 when `mean` is the rows' mean, so `out/count` is the covariance times w. Zero bytes are skipped by eights.
 */
export function scatterProduct(
  values: Uint8Array,
  size: number,
): (w: Float64Array, mean: Float64Array) => Float64Array {
  const rowBytes = Math.ceil(size / 8) * 8;
  const count = values.length / size;
  const atOnce = Math.max(1, Math.min(count, Math.floor(BLOCK / rowBytes)));
  const wStart = atOnce * rowBytes;
  const outStart = wStart + 8 * rowBytes;
  const { kernels, buffer } = instantiate(outStart + 8 * rowBytes);
  const rows = new Uint8Array(buffer, 0, wStart);
  const weights = new Float64Array(buffer, wStart, size);
  const out = new Float64Array(buffer, outStart, size);

  const load = (first: number, height: number): void => {
    if (rowBytes === size) {
      rows.set(values.subarray(first * size, (first + height) * size));
      return;
    }
    for (let r = 0; r < height; r++) {
      const from = (first + r) * size;
      rows.set(values.subarray(from, from + size), r * rowBytes);
    }
  };
  return (w, mean) => {
    let shift = 0;
    for (let j = 0; j < size; j++) shift += w[j]! * mean[j]!;
    weights.set(w);
    out.fill(0);
    for (let first = 0; first < count; first += atOnce) {
      const height = Math.min(atOnce, count - first);
      load(first, height);
      kernels.scatter(0, wStart, outStart, height, rowBytes, shift);
    }
    return out.slice();
  };
}
