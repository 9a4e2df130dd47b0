import { invalid, type Moments } from "@symbreak/core";
import { sizeOf } from "@symbreak/graph";
import type { Initialiser } from "../initialiser.ts";
import type { ParameterSpec } from "../model.ts";

/** What a network that begins as a Gaussian's best predictor must know before its first step. */
export interface GaussianTables {
  /** Of the training data, in the network's units: low rank, with `components` eigenvalues or more. */
  readonly moments: Moments;
  /** Of the schedule, by index. */
  readonly alphaBars: ArrayLike<number>;
}

/** sigma/alpha at zero terminal SNR: beyond it single precision sees no signal any more. */
const MOST = 1e4;

/** The tables as parameters; without their values they can be loaded, but not begun with. */
export function tableSpecs(
  size: number,
  { components, numTrainTimesteps }: { components: number; numTrainTimesteps: number },
  tables: GaussianTables | undefined,
): ParameterSpec[] {
  const spec = (
    name: string,
    shape: readonly number[],
    values: (tables: GaussianTables) => ArrayLike<number>,
  ): ParameterSpec => ({
    name: `gaussian.${name}`,
    shape,
    init: fixed(name, shape, tables && (() => values(tables))),
  });
  const covarianceOf = ({ moments: { covariance } }: GaussianTables) => {
    if (covariance.kind !== "spectral" || covariance.eigenvalues.length < components)
      throw invalid(
        "gaussianSkip",
        `the moments must have ${components} eigenvalues or more`,
        covariance.kind === "spectral" ? covariance.eigenvalues.length : covariance.kind,
      );
    return covariance;
  };
  return [
    spec("mean", [size], ({ moments }) => moments.mean),
    spec("directions", [components, size], (t) =>
      covarianceOf(t).eigenvectors.subarray(0, components * size),
    ),
    spec("variances", [components], (t) =>
      covarianceOf(t)
        .eigenvalues.subarray(0, components)
        .map((v) => Math.max(v, 0)),
    ),
    spec("rest", [1], (t) => [varianceLeft(covarianceOf(t), size, components)]),
    spec("noise_to_signal", [numTrainTimesteps], ({ alphaBars }) =>
      Array.from(alphaBars, (alphaBar) => Math.min(Math.sqrt((1 - alphaBar) / alphaBar), MOST)),
    ),
  ];
}

/** The mean variance of the directions that are not told apart, never just 0, where nothing could be divided by. */
function varianceLeft(
  { eigenvalues, residual }: { eigenvalues: ArrayLike<number>; residual: number },
  size: number,
  components: number,
): number {
  const listed = Array.from(eigenvalues).slice(components);
  const rest =
    listed.reduce((a, b) => a + Math.max(b, 0), 0) + residual * (size - eigenvalues.length);
  return Math.max(rest / Math.max(size - components, 1), 1e-6);
}

function fixed(
  name: string,
  shape: readonly number[],
  values: (() => ArrayLike<number>) | undefined,
): Initialiser {
  return () => {
    const found = values && Float32Array.from(values());
    if (found?.length === sizeOf(shape)) return found;
    const rule = `a run must begin with the data's moments and the schedule: gaussian.${name} has ${sizeOf(shape)} values`;
    throw invalid("gaussianSkip", rule, found?.length);
  };
}
