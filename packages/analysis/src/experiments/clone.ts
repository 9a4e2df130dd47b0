import {
  chainOf,
  checkKeys,
  type Data,
  type DiscreteSchedule,
  eachPart,
  invalid,
  kept,
  readClock,
  type SampleRange,
  type Samples,
  type Team,
} from "@symbreak/core";
import { ddpm, type Network, type Solver } from "@symbreak/samplers";
import { chainName } from "../chain-time.ts";
import { cloneAgreements } from "../cloning/clone-agreements.ts";
import { cloneBranches } from "../cloning/clone-branches.ts";
import type { Cloning } from "../cloning/cloning.ts";
import { cloningCurve } from "../cloning/cloning-curve.ts";
import { mergeAgreements } from "../cloning/merge-agreements.ts";
import { type SpeciationTime, speciationTime } from "../speciation/speciation-time.ts";
import { topSpectrum } from "../spectrum/top-spectrum.ts";
import { checkSubject } from "./check-subject.ts";
import { beginWork, type ExperimentOptions, plainly } from "./experiment.ts";
import { type Judge, judgeProtocol } from "./judge.ts";
import {
  type Configured,
  configured,
  type SubjectProtocol,
  storeOf,
  subjectProtocol,
} from "./protocol.ts";

/** How trajectories are cloned. */
export interface CloneEffort {
  /** Who says in which class a clone ended. */
  readonly judge: Judge;
  /** With noise of its own. Default the ancestral sampler of Biroli et al. 2024, `ddpm({ variance: "fixedLarge" })`. */
  readonly solver?: Solver | undefined;
  /** Default 50. */
  readonly steps?: number | undefined;
  /** Pairs of clones at each time. Default 200. */
  readonly pairs?: number | undefined;
  /** OU times where trajectories part. Default every 50th index of the chain, four on either side of t_S. */
  readonly ouTimes?: readonly number[] | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** When two continuations of a network's trajectories still end in different classes. Plain JSON. */
export interface CloneResult extends Omit<Cloning, "classShares"> {
  readonly kind: "clone";
  readonly protocol: SubjectProtocol & {
    readonly solver: Configured;
    readonly steps: number;
    readonly pairs: number;
    readonly seed: number;
  };
  /** The judge's classes, with the share of all clones that ended in each. */
  readonly classes: readonly {
    readonly label: number;
    readonly name: string;
    readonly share: number;
  }[];
  /** The top variance of the data, and when it rises above the noise. */
  readonly lambda: number;
  readonly speciation: SpeciationTime;
  readonly scale: string;
  readonly judge: Pick<Judge, "name" | "tested">;
  readonly steps: number;
}

const KEYS: readonly (keyof CloneEffort)[] = [
  "judge",
  "solver",
  "steps",
  "pairs",
  "ouTimes",
  "seed",
];

/** Trajectories that are run, kept and told of together. */
const BATCH = 64;

/**
 * The cloning experiment of Biroli et al. 2024 on a trained network: trajectories are run to a time and continued twice from
 * there with independent noise; phi(t) is the probability that both clones end in one class.
 *
 * Labels of the data are not needed where the judge knows classes.
 *
 * @throws RangeError for a solver without noise, data that do not fit the network, and unknown keys
 */
export async function clone(
  network: Network,
  data: Data,
  effort: CloneEffort,
  options: ExperimentOptions = {},
): Promise<CloneResult> {
  checkKeys("clone", effort, KEYS);
  checkSubject("clone", network, data);
  const { judge, steps = 50, pairs = 200, seed = 0 } = effort;
  const { solver = ddpm({ variance: "fixedLarge" }) } = effort;
  if (!Number.isInteger(pairs) || pairs < 2)
    throw invalid("clone", "pairs must be an integer of at least 2", pairs);
  const chain = chainOf(network.process);
  const { lambda } = topSpectrum(data);
  const scale = data.units.name;
  const speciation = speciationTime(lambda, { scale, schedule: chain });
  const ouTimes = effort.ouTimes ?? timesAround(speciation.ouTime ?? 0, chain);
  const subject = await subjectProtocol(network, data);
  const about = { ...subject, solver: configured(solver), steps, seed };
  const store = storeOf(subject, options);

  // Two clones at each time, on average half of the way.
  const each = steps * (1 + ouTimes.length);
  const work = beginWork(options);
  work.part("cloning trajectories");
  const ranges: SampleRange[] = [];
  for (let first = 0; first < pairs; first += BATCH)
    ranges.push({ first, count: Math.min(BATCH, pairs - first) });
  const agreementsOf = ({ first, count }: SampleRange, team: Team | undefined) => {
    const protocol = { kind: "clones", ...about, judge: judgeProtocol(judge), ouTimes };
    const run = { network, solver, steps, seed, first, count, batch: count, threshold: null };
    const make = async () => {
      const share = work.share(count * each);
      const part = await cloneAgreements({
        ...{ ...run, ouTimes, chain, classify: judge.classify, onProgress: share },
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      share(1);
      return part;
    };
    const found = () => work.kept(count * each);
    return kept(store, { ...protocol, first, count }, make, { team, found });
  };
  const parts = await eachPart(options.team, ranges, agreementsOf, {
    cost: ({ count }, sharers) => (count * each) / sharers,
    expect: work.expect,
  });
  const found = mergeAgreements(parts);
  const total = found.classCounts.reduce((sum, n) => sum + n, 0);
  const shares = found.classCounts.map((n) => n / total);
  const curve = cloningCurve(found.times, found.agreements, { schedule: chain });
  work.found(crossingOf(curve.crossing, curve.threshold));
  const result: CloneResult = {
    kind: "clone",
    ...curve,
    strangers: shares.reduce((sum, share) => sum + share * share, 0),
    ...{ trajectories: pairs, clones: 2, nfe: found.evaluations / pairs },
    ...{ solver: solver.name, seed: String(seed), steps, lambda, speciation, scale },
    schedule: chainName(chain),
    classes: judge.classes.map(({ label, name }) => ({ label, name, share: shares[label] ?? 0 })),
    judge: { name: judge.name, tested: judge.tested },
    protocol: { ...about, pairs },
  };
  return plainly(result);
}

function crossingOf(crossing: CloneResult["crossing"], threshold: number): string {
  return crossing === null
    ? `phi does not cross ${threshold} within these times.`
    : `phi = ${threshold} at OU time ${crossing.ouTime.toFixed(3)} [${crossing.low.toFixed(3)}, ${crossing.high.toFixed(3)}].`;
}

/** The clones of a few trajectories at one time, for pictures. */
export interface ClonePictures {
  readonly ouTime: number;
  /** Trajectories, and clones of each. */
  readonly count: number;
  readonly clones: number;
  /** The trajectories where they part, count × size. */
  readonly state: Samples;
  /** clones × count × size: all first clones, then all second ones. */
  readonly samples: Samples;
}

/** Times shown, of those that were cloned; trajectories, and clones of each. */
const SHOWN = { times: 5, count: 6, clones: 5 } as const;

/** A few trajectories of a finished experiment with five clones each, at a few of its times. */
export async function clonedPictures(
  network: Network,
  { phi, protocol }: Pick<CloneResult, "phi" | "protocol">,
  solver: Solver,
  { signal }: Pick<ExperimentOptions, "signal"> = {},
): Promise<ClonePictures[]> {
  const { steps, seed } = protocol;
  const { times, count, clones } = SHOWN;
  const many = Math.min(times, phi.length);
  const chosen = Array.from({ length: many }, (_, k) => {
    return phi[many === 1 ? 0 : Math.round((k * (phi.length - 1)) / (many - 1))]!;
  });
  const pictures: ClonePictures[] = [];
  for await (const { state, samples } of cloneBranches({
    ...{ network, solver, steps, seed, count, clones, batch: BATCH, threshold: null },
    ouTimes: chosen.map(({ ouTime }) => ouTime),
    ...(signal === undefined ? {} : { signal }),
  }))
    pictures.push({ ouTime: chosen[pictures.length]!.ouTime, count, clones, state, samples });
  return pictures;
}

/** Every 50th index, as the authors of arXiv 2402.18491, four on either side of a time. */
const EVERY = 50;
const AROUND = 4;

/** OU times to clone at about one: of every 50th index of a chain. */
export function timesAround(ouTime: number, chain: DiscreteSchedule): number[] {
  const { ddpmIndex = chain.steps - 1 } = readClock({ ouTime: Math.max(ouTime, 0) }, chain);
  const centre = EVERY * Math.round(ddpmIndex / EVERY);
  return Array.from({ length: 2 * AROUND + 1 }, (_, k) => centre + EVERY * (AROUND - k))
    .filter((index) => index >= EVERY && index < chain.steps)
    .map((index) => readClock({ ddpmIndex: index }, chain).ouTime);
}
