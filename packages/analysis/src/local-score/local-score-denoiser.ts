import {
  allocate,
  checkKeys,
  invalid,
  type Multiply,
  type NoiseLevel,
  type Samples,
  simdMultiply,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { type LocalScoreKind, type PatchShape, patchesOf, patchGroups } from "./patch-groups.ts";

/** Settings of {@link localScoreDenoiser}. */
export interface LocalScoreOptions {
  /** Side of the patches, odd: one for all levels, or by level (`kernelBySigma` of a calibration). */
  readonly kernel: number | ((level: NoiseLevel) => number);
  /** Default "bordered". */
  readonly kind?: LocalScoreKind;
  /** For the large products. Default double precision by WebAssembly. */
  readonly multiply?: Multiply;
}

/** Pairs of patches compared at once: 32 MB of products. */
const PAIRS = 2 ** 22;

/** A weight below e^−45 of the largest changes no double. */
const WINDOW = 45;

/**
 * The optimal denoiser under the constraints of a convolutional network (Kamb & Ganguli 2024, arXiv 2412.20292): each pixel is
 * estimated from the patch about it alone, as the mean of the pixels amid the training patches, weighted by likeness.
 *
 * "local" (LS) compares with the same place of the training images; "equivariant" (ELS) with all places, the image wrapped
 * around, as a network of circular padding must; "bordered" with all places that are as near to the borders, as zero padding
 * lets a network know. A kernel as large as the image makes the empirical denoiser again. It composes new images from patches,
 * as networks do.
 *
 * A call compares all pixels of all samples with all training patches of their kind: for ELS samples × n × pixels² × kernel².
 *
 * @param data clean images, n × size; `shape` is [channels, height, width]
 */
export function localScoreDenoiser(
  data: Samples,
  shape: readonly number[],
  options: LocalScoreOptions,
): Denoiser {
  const where = "localScoreDenoiser";
  checkKeys(where, options, ["kernel", "kind", "multiply"]);
  const { kernel, kind = "bordered", multiply = simdMultiply } = options;
  const [channels, height, width] = shape as [number, number, number];
  const size = channels * height * width;
  const count = data.length / size;
  if (shape.length !== 3) throw invalid(where, "shape must be [channels, height, width]", shape);
  if (!Number.isInteger(count) || count < 1)
    throw invalid(where, `data must hold whole images of ${size} numbers`, data.length);
  if (kind !== "local" && kind !== "equivariant" && kind !== "bordered")
    throw invalid(where, 'kind must be "local", "equivariant" or "bordered"', kind);
  const kernelAt = (level: NoiseLevel) => {
    const side = typeof kernel === "number" ? kernel : kernel(level);
    if (!Number.isInteger(side) || side < 1 || side % 2 === 0)
      throw invalid(where, "kernel must be an odd number", side);
    return side;
  };
  if (typeof kernel === "number") kernelAt({ alpha: 1, sigma: 1, timestep: 0 });

  return {
    shape,
    predicts: "sample",
    async predict(x, level) {
      const patch = { channels, height, width, kernel: kernelAt(level) };
      const out = allocate(x);
      for (const { positions } of patchGroups(kind, patch))
        await estimate(out, x, level, data, positions, patch, kind === "equivariant", multiply);
      return out;
    },
  };
}

/** Fills `out` at some positions from the training patches at the same ones. */
async function estimate(
  out: Samples,
  x: Samples,
  { alpha, sigma }: NoiseLevel,
  data: Samples,
  positions: readonly number[],
  patch: PatchShape,
  wraps: boolean,
  multiply: Multiply,
): Promise<void> {
  const { channels, height, width, kernel } = patch;
  const area = height * width;
  const size = channels * area;
  const [samples, images, places] = [x.length / size, data.length / size, positions.length];
  const inner = channels * kernel * kernel;
  const rows = samples * places;
  const queries = patchesOf(x, samples, positions, patch, wraps);
  const ownSquares = squares(queries, inner);
  const best = new Float64Array(rows).fill(-Infinity);
  const total = new Float64Array(rows);
  const sums = new Float64Array(rows * channels);
  const step = Math.max(1, Math.floor(PAIRS / (rows * places)));
  for (let first = 0; first < images; first += step) {
    const taken = Math.min(step, images - first);
    const block = data.subarray(first * size, (first + taken) * size);
    const columns = taken * places;
    const keys = patchesOf(block, taken, positions, patch, wraps);
    const keySquares = squares(keys, inner);
    const products = await multiply(queries, keys, { rows, inner, columns, transposeB: true });
    for (let r = 0; r < rows; r++)
      for (let k = 0; k < columns; k++) {
        const square =
          ownSquares[r]! - 2 * alpha * products[r * columns + k]! + alpha * alpha * keySquares[k]!;
        const log = (-0.5 * square) / (sigma * sigma);
        if (log < best[r]! - WINDOW) continue;
        if (log > best[r]!) {
          const shrink = Math.exp(best[r]! - log);
          best[r] = log;
          total[r]! *= shrink;
          for (let c = 0; c < channels; c++) sums[r * channels + c]! *= shrink;
        }
        const weight = Math.exp(log - best[r]!);
        total[r]! += weight;
        const pixel = Math.floor(k / places) * size + positions[k % places]!;
        for (let c = 0; c < channels; c++)
          sums[r * channels + c]! += weight * block[pixel + c * area]!;
      }
  }
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < channels; c++)
      out[Math.floor(r / places) * size + c * area + positions[r % places]!] =
        sums[r * channels + c]! / total[r]!;
}

function squares(rows: Float64Array, length: number): Float64Array {
  const out = new Float64Array(rows.length / length);
  for (let i = 0; i < rows.length; i++) out[Math.floor(i / length)]! += rows[i]! * rows[i]!;
  return out;
}
