import { checkData, type Data, invalid, sizeOf } from "@symbreak/core";
import { lanczos } from "@symbreak/core/linalg";
import { coordinateMoments } from "../moments/coordinate-moments.ts";
import { LARGEST_DENSE, sampleCovariance } from "../moments/sample-covariance.ts";
import { implicitCovariance } from "./implicit-covariance.ts";

/** The k largest eigenpairs of the covariance (1/n) of data, in the units that the model sees. */
export interface TopSpectrum {
  readonly count: number;
  readonly size: number;
  /** Λ, the largest eigenvalue. */
  readonly lambda: number;
  /** Descending, k of them. */
  readonly eigenvalues: Float64Array;
  /** k × size, one orthonormal eigenvector a row. */
  readonly eigenvectors: Float64Array;
  /** Tr C, of all eigenvalues. */
  readonly trace: number;
  readonly mean: Float64Array;
  /** Which way was cheaper: the covariance formed once, or a pass over the data for each product. */
  readonly route: "dense" | "implicit";
}

/** Settings of {@link topSpectrum}. */
export interface TopSpectrumOptions {
  /** Default: what the cost model finds cheaper. */
  readonly route?: "dense" | "implicit";
}

/** Products a millisecond, as measured on one core of a 2026 server; only their ratios matter. */
const RATE = { denseBytes: 2e7, denseFloats: 5e6, passBytes: 2.5e6, passFloats: 6e5 };

/** An implicit product carries the rounding of a whole pass: asking for more digits would only cost passes. */
const TOLERANCE = { dense: 1e-12, implicit: 1e-9 };

/**
 * Top of the covariance spectrum by Lanczos, for any number of coordinates: no size × size matrix unless that is cheaper.
 *
 * Eigenvalues are right to 1e-9 Λ on the implicit route and 1e-12 Λ on the dense one, of bytes and floats alike. Data
 * that do not vary have Λ = 0.
 *
 * @example topSpectrum(withUnits(await loadMnist(), "unit")).lambda // 5.116788
 */
export function topSpectrum(
  data: Data,
  k: number = 1,
  options: TopSpectrumOptions = {},
): TopSpectrum {
  const count = checkData("topSpectrum", data);
  const size = sizeOf(data.shape);
  if (!Number.isInteger(k) || k < 1 || k > size)
    throw invalid("topSpectrum", `k must be an integer from 1 to ${size}`, k);
  const { route = cheaperRoute(data, count, k) } = options;
  const { mean, trace, apply } = route === "dense" ? denseOperator(data) : implicitOperator(data);
  const { values, vectors } = lanczos(apply, size, k, { tolerance: TOLERANCE[route] });
  const eigenvalues = values.map((value) => Math.max(0, value));
  return {
    ...{ count, size, lambda: eigenvalues[0]!, eigenvalues, eigenvectors: vectors },
    ...{ trace, mean, route },
  };
}

function cheaperRoute({ values, shape }: Data, count: number, k: number): "dense" | "implicit" {
  const size = sizeOf(shape);
  if (size > LARGEST_DENSE) return "implicit";
  const bytes = values instanceof Uint8Array;
  const products = 26 + 3 * k;
  const dense = (0.5 * count * size * size) / (bytes ? RATE.denseBytes : RATE.denseFloats);
  const pass = (2 * count * size) / (bytes ? RATE.passBytes : RATE.passFloats);
  return dense < products * pass ? "dense" : "implicit";
}

interface Operator {
  readonly mean: Float64Array;
  readonly trace: number;
  readonly apply: (x: Float64Array) => Float64Array;
}

function denseOperator(data: Data): Operator {
  const { mean, matrix, size } = sampleCovariance(data);
  let trace = 0;
  for (let i = 0; i < size; i++) trace += matrix[i * size + i]!;
  const apply = (x: Float64Array): Float64Array => {
    const out = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const weight = x[i]!;
      for (let j = 0, at = i * size; j < size; j++, at++) out[j]! += weight * matrix[at]!;
    }
    return out;
  };
  return { mean, trace, apply };
}

function implicitOperator(data: Data): Operator {
  const { mean, variances } = coordinateMoments(data);
  const trace = variances.reduce((sum, variance) => sum + variance, 0);
  return { mean, trace, apply: implicitCovariance(data, mean) };
}
