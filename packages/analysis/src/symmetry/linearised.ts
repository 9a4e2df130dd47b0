import { convert, invalid, type NoiseLevel, type Samples, toSample } from "@symbreak/core";
import { dot } from "@symbreak/core/linalg";
import type { Denoiser, JacobianProduct } from "@symbreak/samplers";

/** How a denoiser's Jacobian is multiplied. */
export interface JacobianOptions {
  /** J v of the prediction, row by row. Default: central differences of the denoiser. */
  readonly product?: JacobianProduct;
  /** Jᵀ v. Without it the symmetric part is that of J projected on the directions met. */
  readonly transposed?: JacobianProduct;
}

/** A denoiser as E[x_0 | x] in double precision, with the Jacobian of that; counts the rows it asks for. */
export interface Linearised {
  readonly size: number;
  readonly hasTransposed: boolean;
  /** Rows evaluated by the denoiser, and products with its Jacobian. */
  readonly spent: { evaluations: number; products: number };
  denoise(x: Float64Array, level: NoiseLevel): Promise<Float64Array>;
  /** (∂E[x_0|x]/∂x) v for each row v, at one point x. */
  product(x: Float64Array, level: NoiseLevel, v: Float64Array): Promise<Float64Array>;
  /** The transposed Jacobian; throws where there is none. */
  transposed(x: Float64Array, level: NoiseLevel, v: Float64Array): Promise<Float64Array>;
}

/** Length of a difference step for a unit vector, relative to the noise: they balance rounding against curvature. */
const STEP = { double: 1e-4, single: 0.1 };

/** Opens a denoiser for {@link Linearised} questions; `where` names the errors. */
export function linearised(
  where: string,
  denoiser: Denoiser,
  options: JacobianOptions = {},
): Linearised {
  const size = denoiser.shape.reduce((product, side) => product * side, 1);
  const spent = { evaluations: 0, products: 0 };
  /** Known once the denoiser has answered. */
  let step: number | undefined;

  const denoise = async (x: Float64Array, level: NoiseLevel): Promise<Float64Array> => {
    spent.evaluations += x.length / size;
    const output = await denoiser.predict(x, level);
    step = output instanceof Float32Array ? STEP.single : STEP.double;
    const prediction = denoiser.variance ? firstHalves(output, size) : output;
    return checked(toSample(prediction, x, level, denoiser.predicts));
  };

  const byProduct =
    (jacobian: JacobianProduct) =>
    async (x: Float64Array, level: NoiseLevel, v: Float64Array): Promise<Float64Array> => {
      spent.products += v.length / size;
      const rows = new Float64Array(v.length);
      for (let i = 0; i < v.length; i += size) rows.set(x, i);
      const output = await jacobian(rows, level, v);
      // x0 is linear in x and the prediction, and so is its derivative in v and J v.
      return checked(convert(output, v, level, denoiser.predicts, "sample"));
    };

  const byDifferences = async (
    x: Float64Array,
    level: NoiseLevel,
    v: Float64Array,
  ): Promise<Float64Array> => {
    spent.products += v.length / size;
    if (step === undefined) await denoise(x, level);
    const length = (step ?? STEP.double) * level.sigma;
    const moved = new Float64Array(2 * v.length);
    const h = new Float64Array(v.length / size);
    for (let n = 0; n < h.length; n++) {
      const row = v.subarray(n * size, (n + 1) * size);
      h[n] = length / lengthOf(row);
      for (let i = 0; i < size; i++) {
        moved[n * size + i] = x[i]! + h[n]! * row[i]!;
        moved[v.length + n * size + i] = x[i]! - h[n]! * row[i]!;
      }
    }
    const sides = await denoise(moved, level);
    return v.map((_, i) => (sides[i]! - sides[v.length + i]!) / (2 * h[Math.floor(i / size)]!));
  };

  const checked = (values: Samples): Float64Array => {
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw invalid(where, "the denoiser must return finite numbers", wrong);
    return Float64Array.from(values);
  };

  return {
    size,
    hasTransposed: options.transposed !== undefined,
    spent,
    denoise,
    product: options.product === undefined ? byDifferences : byProduct(options.product),
    transposed:
      options.transposed === undefined
        ? () => {
            throw invalid(where, "transposed must be given", options.transposed);
          }
        : byProduct(options.transposed),
  };
}

/** The Euclidean length; 1 for a vector of zeros, which needs no direction. */
function lengthOf(v: Float64Array): number {
  return Math.sqrt(dot(v, v)) || 1;
}

function firstHalves(output: Samples, size: number): Float64Array {
  const out = new Float64Array(output.length / 2);
  for (let at = 0; at < out.length; at += size) out.set(output.subarray(2 * at, 2 * at + size), at);
  return out;
}
