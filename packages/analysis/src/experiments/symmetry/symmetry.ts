import {
  checkKeys,
  type Data,
  eachPart,
  empirical,
  inUnits,
  isChain,
  kept,
  levelAt,
  type NoiseLevel,
  philoxNoise,
  sizeOf,
  type Team,
  takeSamples,
} from "@symbreak/core";
import { type Denoiser, empiricalDenoiser, exactDenoiser, type Network } from "@symbreak/samplers";
import type { DataMoments } from "../../moments/moments.ts";
import type { CollectiveCoordinates } from "../../symmetry/collective-denoiser.ts";
import { empiricalProduct } from "../../symmetry/empirical-product.ts";
import type { JacobianOptions } from "../../symmetry/linearised.ts";
import { checkSubject } from "../check-subject.ts";
import { spectralOf } from "../data-analysis.ts";
import { dataMoments } from "../data-moments.ts";
import { dataDigest } from "../digest.ts";
import { beginWork, type ExperimentOptions, plainly } from "../experiment.ts";
import { curveLevels } from "../network-information.ts";
import { pick } from "../pick.ts";
import { storeOf, subjectProtocol } from "../protocol.ts";
import {
  type MeasuredSubject,
  measuredSubject,
  measurePart,
  type Subject,
  symmetryParts,
} from "./measure-subject.ts";
import { symmetryLevels } from "./symmetry-levels.ts";
import {
  type SymmetryEffortNumbers,
  type SymmetryResult,
  subjectResult,
} from "./symmetry-result.ts";
import { symmetryTheory } from "./symmetry-theory.ts";

/** How much of a symmetry breaking is looked at, and with what. */
export interface SymmetryEffort extends Partial<SymmetryEffortNumbers> {
  /** Of the data, in the network's units, where they are known already. */
  readonly moments?: DataMoments | undefined;
  /** Samples that were not trained on, for the loss. Default: training samples. */
  readonly heldOut?: Data | undefined;
  /** Products with the network's Jacobian; default differences. */
  readonly jacobian?: JacobianOptions | undefined;
  /** A fast exact denoiser of n samples. Default `empiricalDenoiser`. */
  readonly exactScore?: ((samples: Float32Array, shape: readonly number[]) => Denoiser) | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

const EFFORT: SymmetryEffortNumbers = {
  exact: 4000,
  held: 256,
  starts: 30,
  pairs: 12,
  directions: 32,
  draws: 3,
};

/** A result, and what pictures of it need. */
export interface MeasuredSymmetry {
  readonly result: SymmetryResult;
  readonly subjects: readonly MeasuredSubject[];
  readonly coordinates: CollectiveCoordinates;
  readonly data: Data;
}

/**
 * Where a network's score breaks its symmetry, beside the exact score of its data and the theory: the loss against the best linear
 * predictor, the centre and its stability, the wells, the potential between two samples.
 *
 * @throws RangeError for data that do not fit the network, moments without eigenvectors, and unknown keys
 */
export async function symmetry(
  network: Network,
  data: Data,
  effort: SymmetryEffort = {},
  options: ExperimentOptions = {},
): Promise<MeasuredSymmetry> {
  const own = ["moments", "heldOut", "jacobian", "exactScore", "seed"];
  checkKeys("symmetry", effort, [...Object.keys(EFFORT), ...own]);
  checkSubject("symmetry", network, data);
  const { heldOut = data, jacobian = {}, exactScore = empiricalDenoiser, seed = 0 } = effort;
  const numbers = numbersOf(effort);
  const moments = effort.moments ?? (await dataMoments(data));
  const lambda = spectralOf(moments).eigenvalues[0]!;
  const clean = (of: Data, count: number, stream: number) =>
    inUnits(takeSamples(of, pick(of.count, count, stream)));
  const size = sizeOf(data.shape);
  const measurement = {
    levels: symmetryLevels(processTable(network), lambda),
    moments,
    coordinates: collectiveCoordinates(moments, numbers, seed),
    held: clean(heldOut, numbers.held, seed),
    starts: clean(data, numbers.starts, seed + 1),
    pairs: shuffledPairs(clean(data, 2 * numbers.pairs, seed + 2), size),
    seed,
  };
  const samples = clean(data, numbers.exact, seed + 3);
  const law = empirical(samples, size);
  const product = empiricalProduct(law);
  const subjects: Subject[] = [
    { name: "network", denoiser: network.denoiser, jacobian },
    {
      name: "exact score",
      denoiser: exactScore(samples, data.shape),
      jacobian: { product, transposed: product },
      exact: exactDenoiser(law, data.shape),
    },
  ];
  const subject = await subjectProtocol(network, data);
  const store = storeOf(subject, options);
  const protocol = { ...subject, ...numbers, exact: samples.length / size, seed };
  const key = {
    ...{ kind: "symmetry", ...protocol, heldOut: await dataDigest(heldOut) },
    jacobian: jacobian.product === undefined ? "differences" : "products",
    exactScore: exactScore === empiricalDenoiser ? "empirical" : "given",
  };
  // How many calls Newton's method takes nobody knows: shares of both subjects.
  const work = beginWork(options);
  const parts = symmetryParts(numbers.draws);
  const pieces = subjects.flatMap((subject) => parts.map((part) => ({ subject, part })));
  const measure = ({ subject, part }: (typeof pieces)[number], team: Team | undefined) => {
    work.part(`the symmetry breaking of the ${subject.name}`);
    const { of, draw, share } = part;
    const make = async () => {
      const onProgress = work.share(share);
      const found = await measurePart(subject, part, measurement, onProgress);
      onProgress(1);
      return found;
    };
    const found = () => work.kept(share);
    return kept(store, { ...key, subject: subject.name, of, draw }, make, { team, found });
  };
  const values = await eachPart<(typeof pieces)[number], unknown>(options.team, pieces, measure, {
    cost: ({ part }, sharers) => part.share / sharers,
    expect: work.expect,
  });
  const measured = subjects.map(({ name }, k) => {
    return measuredSubject(name, values.slice(k * parts.length, (k + 1) * parts.length));
  });
  const result: SymmetryResult = {
    kind: "symmetry",
    theory: symmetryTheory(lambda, data.units.name),
    subjects: measured.map(subjectResult),
    protocol,
  };
  const [coordinates] = measurement.coordinates as [CollectiveCoordinates];
  return { result: plainly(result), subjects: measured, coordinates, data };
}

function numbersOf(effort: SymmetryEffort): SymmetryEffortNumbers {
  const given = Object.entries(EFFORT).map(([key, usual]) => {
    return [key, effort[key as keyof SymmetryEffortNumbers] ?? usual];
  });
  return Object.fromEntries(given) as unknown as SymmetryEffortNumbers;
}

/** Levels of a process that a place is looked for among: those of a chain, or as many of a continuous process. */
function processTable({ process }: Network): NoiseLevel[] {
  if (!isChain(process)) return curveLevels(process, 1000);
  return Array.from({ length: process.steps }, (_, i) => levelAt(process, process.steps - 1 - i));
}

/** The leading directions, with as many draws of noise across them. */
function collectiveCoordinates(
  moments: DataMoments,
  { directions: wanted, draws }: SymmetryEffortNumbers,
  seed: number,
): CollectiveCoordinates[] {
  const { size, mean } = moments;
  const directions = spectralOf(moments).eigenvectors.slice(0, wanted * size);
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
