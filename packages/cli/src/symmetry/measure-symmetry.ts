import {
  type CollectiveCoordinates,
  type DataMoments,
  empiricalProduct,
  pick,
} from "@symbreak/analysis";
import {
  type Data,
  describeUnits,
  empirical,
  inUnits,
  type Moments,
  type NoiseLevel,
  philoxNoise,
  sizeOf,
  takeSamples,
} from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { type Denoiser, exactDenoiser } from "@symbreak/samplers";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { type MeasuredSubject, measureSubject, type Subject } from "./measure-subject.ts";
import { networkJacobian } from "./network-jacobian.ts";
import { symmetryLevels } from "./symmetry-levels.ts";
import { type SymmetryResult, subjectResult } from "./symmetry-result.ts";
import { symmetryTheory } from "./symmetry-theory.ts";

/** A trained network with its data. */
export interface SymmetryRequest {
  /** Run or pipeline directory (its Jacobian is differentiated), or an ONNX file (differences). */
  readonly network: string;
  readonly denoiser: Denoiser;
  readonly runtime: string;
  /** The training levels, noisiest first, variance preserving. */
  readonly table: readonly NoiseLevel[];
  /** The training images. */
  readonly set: Data;
  readonly moments: DataMoments;
  /** Images that were not trained on, for the loss. Default: training images. */
  readonly unseen?: Data | undefined;
  readonly seed: number;
  /** Overrides of how much is looked at. */
  readonly effort?: Partial<SymmetryEffort>;
  readonly onProgress?: (fraction: number) => void;
}

/** How much is looked at. */
export interface SymmetryEffort {
  /** Images that make up the exact score. */
  readonly exact: number;
  /** Images that the loss is measured on. */
  readonly held: number;
  /** Images that fall into wells. */
  readonly starts: number;
  /** Pairs of images with a circle each. */
  readonly pairs: number;
  /** Principal directions that the centre is followed in. */
  readonly directions: number;
  /** Draws of the noise across them. */
  readonly draws: number;
}

const EFFORT: SymmetryEffort = {
  exact: 4000,
  held: 256,
  starts: 30,
  pairs: 12,
  directions: 32,
  draws: 3,
};

/** Result, and what the pictures need. */
export interface MeasuredSymmetry {
  readonly result: SymmetryResult;
  readonly subjects: readonly MeasuredSubject[];
  readonly coordinates: CollectiveCoordinates;
  readonly set: Data;
}

/** Measures the symmetry breaking of a network and of the exact score of its data, beside the theory. */
export async function measureSymmetry(request: SymmetryRequest): Promise<MeasuredSymmetry> {
  const { set, moments, seed, unseen = set, onProgress = () => {} } = request;
  const effort = { ...EFFORT, ...request.effort };
  const { covariance } = moments;
  if (covariance.kind !== "spectral")
    throw new Error("the symmetry analysis needs the spectrum of the data, not only variances");
  const lambda = covariance.eigenvalues[0]!;
  const clean = (of: Data, count: number, stream: number) =>
    inUnits(takeSamples(of, pick(of.count, count, stream)));
  const measurement = {
    levels: symmetryLevels(request.table, lambda),
    moments,
    coordinates: collectiveCoordinates(moments, effort, seed),
    held: clean(unseen, effort.held, seed),
    starts: clean(set, effort.starts, seed + 1),
    pairs: shuffledPairs(clean(set, 2 * effort.pairs, seed + 2), sizeOf(set.shape)),
    seed,
  };
  const engine = await matrixEngine();
  const images = clean(set, effort.exact, seed + 3);
  const law = empirical(images, sizeOf(set.shape));
  const product = empiricalProduct(law);
  const subjects: Subject[] = [
    {
      name: "network",
      denoiser: request.denoiser,
      jacobian: await networkJacobian(request.network),
    },
    {
      name: "exact score",
      denoiser: engine.denoiser(images, set.shape),
      jacobian: { product, transposed: product },
      exact: exactDenoiser(law, set.shape),
    },
  ];
  const measured: MeasuredSubject[] = [];
  for (const [i, subject] of subjects.entries()) {
    const at = (fraction: number) => onProgress((i + fraction) / subjects.length);
    measured.push(await measureSubject(subject, { ...measurement, onProgress: at }));
  }
  return {
    result: {
      theory: symmetryTheory(lambda, set.units.name),
      subjects: measured.map(subjectResult),
      protocol: {
        network: `${request.network}, on ${request.runtime}`,
        data: describe(set),
        scale: describeUnits(set.units),
        loss: `${effort.held} images of ${describe(unseen)}`,
        "exact score": `of ${images.length / sizeOf(set.shape)} of the training images, on ${engine.name}`,
        coordinates: `the centre and the wells in ${measurement.coordinates[0]!.directions.length / sizeOf(set.shape)} leading principal directions, the others at alpha·mean + sigma·noise, ${effort.draws} draws`,
        wells: `${effort.starts} training images fall into them at each level`,
        circles: `${effort.pairs} pairs of training images that share none`,
        seed: String(seed),
      },
    },
    subjects: measured,
    coordinates: measurement.coordinates[0]!,
    set,
  };
}

/** The leading directions, with as many draws of noise across them. */
function collectiveCoordinates(
  { size, mean, covariance }: Moments,
  { directions: wanted, draws }: SymmetryEffort,
  seed: number,
): CollectiveCoordinates[] {
  if (covariance.kind !== "spectral")
    throw new Error("the symmetry analysis needs the spectrum of the data, not only variances");
  const directions = covariance.eigenvectors.slice(0, wanted * size);
  const noise = new Float64Array(draws * size);
  philoxNoise(seed)(noise, size, 0);
  return Array.from({ length: draws }, (_, draw) => ({
    directions,
    mean,
    noise: noise.slice(draw * size, (draw + 1) * size),
  }));
}

/** Sorted data would pair images of one class: image k goes with image k + half. */
function shuffledPairs(images: Float32Array, size: number): Float32Array {
  const half = Math.floor(images.length / size / 2);
  const out = new Float32Array(2 * half * size);
  for (let k = 0; k < half; k++)
    [k, k + half].forEach((from, i) => {
      out.set(images.subarray(from * size, (from + 1) * size), (2 * k + i) * size);
    });
  return out;
}
