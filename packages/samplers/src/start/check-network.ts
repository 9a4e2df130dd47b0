import {
  checkKeys,
  checkUnits,
  type Data,
  inUnits,
  invalid,
  type Moments,
  takeSamples,
} from "@symbreak/core";
import type { Condition } from "../condition.ts";
import type { Abort } from "../denoiser.ts";
import type { Network } from "../network.ts";
import { subjectOf } from "../subject.ts";
import { type AffineScore, affineScoreTest } from "./affine-score-test.ts";
import { defaultCandidates } from "./candidates.ts";

/** A network, and what it should know how to denoise. */
export interface CheckNetworkOptions {
  readonly network: Network;
  /** Of the network's kind, held out as a rule; some 64 of them are looked at. */
  readonly data: Data;
  /** Of all the data, in the network's units. Default: the network's own. */
  readonly moments?: Moments | undefined;
  /** What a conditional network is asked for. Default: the labels of the data. */
  readonly condition?: Condition | undefined;
  /** Samples to look at. Default 64. */
  readonly count?: number | undefined;
  /** Of the noise. Default 0. */
  readonly seed?: number | undefined;
  readonly signal?: Abort | undefined;
}

const OPTIONS = ["network", "data", "moments", "condition", "count", "seed", "signal"];

/**
 * Does the network fit the data? Denoises some of them at some twenty levels, and refuses a network that is worse than the best
 * linear predictor at most: it sees other units, other data, another order of numbers or another noise than it was trained for,
 * or it was not trained.
 *
 * @returns the test at each level, noisiest first, as `chooseStart` takes it
 * @throws RangeError naming what may be wrong
 */
export async function checkNetwork(options: CheckNetworkOptions): Promise<AffineScore[]> {
  checkKeys("checkNetwork", options, OPTIONS);
  const { network, data, count = 64, seed, signal } = options;
  const { denoiser, process, grid } = subjectOf("checkNetwork", { network });
  if (!Number.isInteger(count) || count < 1)
    throw invalid("checkNetwork", "count must be a positive integer", count);
  const moments = options.moments ?? network.moments;
  if (moments === undefined)
    throw invalid("checkNetwork", `moments must be given: ${network.name} has none`, moments);
  checkUnits("checkNetwork", "data", data.units, network.units);
  checkUnits("checkNetwork", "moments", moments.units, network.units);
  if (`${data.shape}` !== `${denoiser.shape}`)
    throw invalid(
      "checkNetwork",
      `data must have the network's shape [${denoiser.shape}]`,
      data.shape,
    );
  // Spread over the data, which often come class by class.
  const taken = Math.min(count, data.count);
  const chosen = takeSamples(
    data,
    Array.from({ length: taken }, (_, i) => Math.floor((i * data.count) / taken)),
  );
  const tests = await affineScoreTest({
    denoiser,
    moments,
    levels: defaultCandidates(process, grid).filter(({ alpha }) => alpha > 0),
    data: inUnits(chosen),
    condition: options.condition ?? labelsOf(network, chosen),
    seed,
    signal,
  });
  checkFit(network, tests);
  return tests;
}

/** A loss so much above the linear predictor's is no matter of chance or of a little training. */
const MARGIN = 1.05;

/**
 * Refuses a network by an {@link affineScoreTest} on data that was made already.
 *
 * @throws RangeError where its loss is above the best linear predictor's at more than half of the levels
 */
export function checkFit(
  { name, units, denoiser }: Pick<Network, "name" | "units" | "denoiser">,
  tests: readonly Pick<AffineScore, "lossRatio">[],
): void {
  const ratios = tests.map(({ lossRatio }) => {
    if (lossRatio === null) throw invalid("checkFit", "tests must be made on data", lossRatio);
    return lossRatio;
  });
  const worse = ratios.filter((ratio) => ratio > MARGIN);
  if (2 * worse.length <= ratios.length) return;
  const [least, most] = [Math.min(...worse), Math.max(...worse)].map((r) => r.toPrecision(3));
  throw new RangeError(
    `${name} does not fit the data: it denoises them worse than the best linear predictor at ${worse.length} of ${ratios.length} levels (loss ratio ${least} to ${most}). One of these is not what it was trained with: the units ("${units.name}"), the data, what it predicts ("${denoiser.predicts}"), its noise levels, the order of channels, rows and columns; or it was not trained`,
  );
}

function labelsOf({ name, classes }: Network, { labels }: Data): Condition | undefined {
  if (classes === undefined) return undefined;
  if (labels !== undefined) return { classes: Array.from(labels) };
  if (classes.unconditional) return undefined;
  throw invalid(
    "checkNetwork",
    `data must have labels, or condition be given: ${name} must be told a class`,
    labels,
  );
}
