import { evenLevels, informationPeak, type LossCurve, lossCurve, pick } from "@symbreak/analysis";
import {
  type Data,
  defaultGrid,
  gaussian,
  inUnits,
  type Moments,
  type NoiseLevel,
  noiseToSignal,
  simdMultiply,
  takeSamples,
} from "@symbreak/core";
import {
  type AffineScore,
  affineScoreTest,
  checkNetwork,
  chooseStart,
  type Denoiser,
  ddim,
  empiricalDenoiser,
  exactDenoiser,
  type Network,
  processPath,
} from "@symbreak/samplers";
import { CHAIN, noisyLevel, TOP } from "./chain.ts";
import type { StartFor } from "./images.ts";

/** The loss of one denoiser by noise level: what it cannot know there. */
export interface Curve {
  /** "network", "exact" or "gaussian". */
  readonly of: "network" | "exact" | "gaussian";
  /** Timestep of the lab's chain with the same noise, and the loss as a share of all variance; noisiest first. */
  readonly at: readonly { readonly timestep: number; readonly share: number }[];
  /** Where the curve says that most is decided; null where that lies at its end. */
  readonly peak: number | null;
}

/** Levels of a curve, and images noised at each. */
const [LEVELS, TESTED] = [16, 24];

/** Images of which an exact score is made. */
const SCORED = 800;

/** The exact score of images. */
export function scoreOf(images: Data): Denoiser {
  return empiricalDenoiser(inUnits(images), [...images.shape], { multiply: simdMultiply });
}

/** So many images that an exact score of them is quick. */
export function someOf(data: Data): Data {
  return takeSamples(data, pick(data.count, SCORED));
}

/** Some images to test on, and all others: a score or a covariance of the same images would know them too well. */
export function parted(data: Data): { readonly others: Data; readonly held: Data } {
  const held = pick(data.count, Math.min(TESTED, data.count >> 1));
  const gone = new Set(held);
  const left = Array.from({ length: data.count }, (_, n) => n).filter((n) => !gone.has(n));
  return { others: takeSamples(data, left), held: takeSamples(data, held) };
}

/** The loss on images of the Gaussian with their moments, and of a denoiser of the lab's chain. */
export async function curvesOf(
  of: "exact" | "network",
  denoiser: Denoiser,
  held: Data,
  moments: Moments,
  trace: number,
  network?: Network,
): Promise<readonly Curve[]> {
  const levels = levelsOf(network);
  const data = inUnits(held);
  const linear = exactDenoiser(gaussian(moments));
  const curves: Curve[] = [];
  for (const [name, one] of [
    ["gaussian", linear],
    [of, denoiser],
  ] as const)
    curves.push(
      curveOf(name, await lossCurve({ denoiser: one, data, levels, schedule: CHAIN }), trace),
    );
  return curves;
}

function levelsOf(network: Network | undefined) {
  const path = processPath(network?.process ?? CHAIN);
  const [top, bottom] = [noisyLevel(TOP), noisyLevel(0)];
  if (network === undefined) return evenLevels(path, top, bottom, LEVELS);
  // A network's own process may end elsewhere: only the levels that it has are asked for.
  return evenLevels(processPath(CHAIN), top, bottom, LEVELS).flatMap(({ alpha, sigma }) => {
    try {
      return [path(2 * Math.log(alpha / sigma))];
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}

function curveOf(of: Curve["of"], curve: LossCurve, trace: number): Curve {
  const { ddpmIndex, inside } = informationPeak(curve, "rescaled", CHAIN);
  return {
    of,
    at: curve.at.flatMap(({ time, loss }) =>
      time.ddpmIndex === null ? [] : [{ timestep: time.ddpmIndex, share: loss / trace }],
    ),
    peak: inside ? ddpmIndex : null,
  };
}

/** What a network makes of images: its loss, and where to start it. */
export interface NetworkReport {
  readonly name: string;
  readonly curves: readonly Curve[];
  readonly starts: readonly StartFor[];
  /** Why it does not fit the images; null where it does. */
  readonly misfit: string | null;
}

/**
 * A network on images: its loss by level beside the Gaussian's, and the recommended starts.
 *
 * @param held in the network's units, and of its shape
 * @param moments of others of the set
 */
export async function networkReport(
  network: Network,
  held: Data,
  moments: Moments,
  trace: number,
): Promise<NetworkReport> {
  const { name, denoiser, classes } = network;
  if (classes !== undefined && !classes.unconditional)
    throw new Error(`${name} must be told a class; take ssb compare, which asks for all of them.`);
  const curves = await curvesOf("network", denoiser, held, moments, trace, network);
  try {
    const tests = await checkNetwork({ network, data: held, moments, count: held.count });
    return { name, curves, misfit: null, starts: await startsOf(network, moments, held, tests) };
  } catch (error) {
    return { name, curves, misfit: (error as Error).message, starts: [] };
  }
}

/** Where to start a network, from the test that it has passed at most levels; the tops of the grids are tested besides. */
async function startsOf(
  network: Network,
  moments: Moments,
  held: Data,
  passed: readonly AffineScore[],
): Promise<readonly StartFor[]> {
  const grid = network.defaults?.grid ?? defaultGrid(network.process);
  const tops = STEPS.map((steps) => grid.levels(network.process, steps)[0]!);
  const noisiestFirst = (one: NoiseLevel, other: NoiseLevel) =>
    noiseToSignal(other) - noiseToSignal(one);
  const known = new Map(passed.map((test) => [test.level.timestep, test]));
  const levels = tops.filter(({ alpha, timestep }) => alpha > 0 && !known.has(timestep));
  if (levels.length > 0) {
    // A test has two ends; the one at the data is known already.
    const ends = [...levels, passed.at(-1)!.level].sort(noisiestFirst);
    const { denoiser } = network;
    const data = inUnits(held);
    for (const test of await affineScoreTest({ denoiser, moments, levels: ends, data }))
      known.set(test.level.timestep, test);
  }
  const tests = [...known.values()].sort((one, other) => noisiestFirst(one.level, other.level));
  const candidates = passed.map(({ level }) => level);
  const out: StartFor[] = [];
  for (const [sampler, eta] of [
    ["DDIM", 0],
    ["DDPM", 1],
  ] as const)
    for (const steps of STEPS) {
      const { chosen, at } = await chooseStart({
        ...{ network, moments, candidates, tests, steps },
        solver: ddim({ eta }),
      });
      out.push({ sampler, steps, late: chosen.start === "late", timestep: at.timestep });
    }
  return out;
}

/** Few steps, as of the table of `ssb analyze`. */
const STEPS = [3, 5, 10] as const;
