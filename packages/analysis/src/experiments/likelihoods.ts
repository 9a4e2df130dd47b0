import {
  checkKeys,
  type Data,
  eachPart,
  inUnits,
  kept,
  sliceSamples,
  type Team,
} from "@symbreak/core";
import {
  type LogLikelihoodOptions,
  type LogLikelihoodResult,
  logLikelihood,
  type Network,
} from "@symbreak/samplers";
import { checkSubject } from "./check-subject.ts";
import { valueDigest } from "./digest.ts";
import { beginWork, type ExperimentOptions } from "./experiment.ts";
import { storeOf, subjectProtocol } from "./protocol.ts";

/** How likelihoods are taken: as of `logLikelihood`. */
export type LikelihoodEffort = Pick<
  LogLikelihoodOptions,
  "probes" | "binWidth" | "moments" | "condition"
> & {
  /** Of the random probes. Default 0. */
  readonly seed?: number;
};

const KEYS: readonly (keyof LikelihoodEffort)[] = [
  "probes",
  "binWidth",
  "moments",
  "condition",
  "seed",
];

/**
 * The log-likelihoods of data under a network, over its whole process; each sample is a part of its own, which is kept.
 *
 * @throws RangeError for data that do not fit the network, and unknown keys
 */
export async function likelihoods(
  network: Network,
  data: Data,
  effort: LikelihoodEffort = {},
  options: ExperimentOptions = {},
): Promise<LogLikelihoodResult> {
  checkKeys("likelihoods", effort, KEYS);
  checkSubject("likelihoods", network, data, 1);
  const { probes, binWidth = 1, moments, condition, seed = 0 } = effort;
  const { denoiser, process } = network;
  const subject = await subjectProtocol(network, data);
  const store = storeOf(subject, options);
  const protocol = {
    ...{ kind: "likelihood", ...subject, probes: probes ?? null, binWidth, seed },
    ...{ condition: condition ?? null, moments: moments ? await valueDigest(moments) : null },
  };
  // How many calls the steps take nobody knows: samples.
  const work = beginWork(options);
  work.part("the flow of the samples");
  const one = (n: number, team: Team | undefined) => {
    const make = async () => {
      const found = await logLikelihood({
        ...{ denoiser, process, seed, binWidth, first: n },
        data: inUnits(sliceSamples(data, n, n + 1)),
        from: process.level(process.tMin),
        to: process.level(process.tMax),
        ...(moments && { moments }),
        ...(probes !== undefined && { probes }),
        ...(condition && { condition }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      work.did(1);
      return found;
    };
    const range = { first: n, count: 1 };
    return kept(store, { ...protocol, block: range }, make, { team, found: () => work.kept(1) });
  };
  const numbers = Array.from({ length: data.count }, (_, n) => n);
  const found = await eachPart(options.team, numbers, one, { expect: work.expect });
  const column = (of: (one: LogLikelihoodResult) => Float64Array) =>
    Float64Array.from(found, (one) => of(one)[0]!);
  return {
    nats: column(({ nats }) => nats),
    bitsPerDim: column(({ bitsPerDim }) => bitsPerDim),
    error: {
      integration: column(({ error }) => error.integration),
      divergence: column(({ error }) => error.divergence),
      prior: column(({ error }) => error.prior),
      truncation: column(({ error }) => error.truncation),
      total: column(({ error }) => error.total),
    },
    nfe: found.reduce((sum, { nfe }) => sum + nfe, 0) / found.length,
  };
}
