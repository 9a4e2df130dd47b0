import {
  chainOf,
  checkKeys,
  type Data,
  eachPart,
  inUnits,
  readClock,
  type Samples,
  type Team,
  takeSamples,
} from "@symbreak/core";
import { ddpm, type Network, type Solver } from "@symbreak/samplers";
import { speciationTime } from "../speciation/speciation-time.ts";
import { topSpectrum } from "../spectrum/top-spectrum.ts";
import { type UTurn, uTurn } from "../u-turn/u-turn.ts";
import { checkSubject } from "./check-subject.ts";
import { timesAround } from "./clone.ts";
import { beginWork, type ExperimentOptions, plainly } from "./experiment.ts";
import type { Judge } from "./judge.ts";
import { keptSamples } from "./kept-samples.ts";
import { pick } from "./pick.ts";
import {
  type Configured,
  configured,
  type SubjectProtocol,
  storeOf,
  subjectProtocol,
} from "./protocol.ts";

/** What is sent up and back. */
export interface UTurnEffort {
  /** Who says whether a class was kept. */
  readonly judge: Judge;
  /** Default the ancestral sampler, `ddpm({ variance: "fixedLarge" })`. */
  readonly solver?: Solver | undefined;
  /** Steps from the top; a turn takes those below its time. Default 50. */
  readonly steps?: number | undefined;
  /** Default 200. */
  readonly samples?: number | undefined;
  /** Default about t_S, as for clones. */
  readonly ouTimes?: readonly number[] | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** What survives a U-turn of a network, time by time. Plain JSON. */
export interface UTurnResult extends UTurn {
  readonly kind: "uTurn";
  readonly judge: Pick<Judge, "name" | "tested">;
  readonly protocol: SubjectProtocol & {
    readonly solver: Configured;
    readonly steps: number;
    readonly samples: number;
    readonly seed: number;
  };
}

const KEYS: readonly (keyof UTurnEffort)[] = [
  "judge",
  "solver",
  "steps",
  "samples",
  "ouTimes",
  "seed",
];

/**
 * U-turns of a network (Sclocchi, Favero & Wyart 2024): data are noised to a time and denoised again; the class is lost in a window
 * about the time at which it is decided.
 *
 * @throws RangeError for data that do not fit the network, and unknown keys
 */
export async function uTurns(
  network: Network,
  data: Data,
  effort: UTurnEffort,
  options: ExperimentOptions = {},
): Promise<UTurnResult> {
  checkKeys("uTurns", effort, KEYS);
  checkSubject("uTurns", network, data);
  const { judge, steps = 50, samples = 200, seed = 0 } = effort;
  const { solver = ddpm({ variance: "fixedLarge" }) } = effort;
  const chain = chainOf(network.process);
  const { ouTime } = speciationTime(topSpectrum(data).lambda, { schedule: chain });
  const ouTimes = effort.ouTimes ?? timesAround(ouTime ?? 0, chain);
  const chosen = takeSamples(data, pick(data.count, samples, seed));
  const subject = await subjectProtocol(network, data);
  const about = { ...subject, solver: configured(solver), steps, samples: chosen.count, seed };
  const store = storeOf(subject, options);
  const work = beginWork(options);
  work.part("U-turns");
  const clean = inUnits(chosen);
  // A turn takes the steps below its time: of those that are laid evenly over the process, this share.
  const calls = (time: number) => {
    const { ddpmIndex = chain.steps - 1 } = readClock({ ouTime: time }, chain);
    return ((solver.calls(steps) ?? steps) * (ddpmIndex + 1)) / chain.steps;
  };
  const turn = async (time: number, team: Team | undefined) => {
    const turned = await uTurn({
      ...{ network, solver, steps, seed, chain, threshold: null, ouTimes: [time] },
      ...{ data: clean, classify: judge.classify },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      draw: async (run) => {
        const protocol = { kind: "turned", ...about, ouTime: time };
        const stored = (samples: Samples) => samples;
        const keeping = { store, team, work, calls: calls(time), stored };
        const { values, nfe } = await keptSamples(run, protocol, keeping);
        return { samples: values, nfe };
      },
    });
    const [at] = turned.curve;
    work.found(
      `From OU time ${at!.ouTime.toFixed(3)} ${(100 * at!.returned.value).toFixed(0)} % come back in their class.`,
    );
    return turned;
  };
  const times = [...new Set(ouTimes)].sort((a, b) => b - a);
  const curves = await eachPart(options.team, times, turn, {
    cost: (time, sharers) => (chosen.count * calls(time)) / sharers,
    expect: work.expect,
  });
  const [first] = curves as [UTurn, ...UTurn[]];
  return plainly({
    kind: "uTurn" as const,
    ...first,
    curve: curves.flatMap(({ curve }) => curve),
    nfe: curves.reduce((sum, { nfe }) => sum + nfe, 0),
    judge: { name: judge.name, tested: judge.tested },
    protocol: about,
  });
}
