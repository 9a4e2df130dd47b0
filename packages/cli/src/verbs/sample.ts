import { pick } from "@symbreak/analysis";
import { inUnits, type Moments, takeSamples } from "@symbreak/core";
import { DatasetError, describe } from "@symbreak/datasets";
import {
  type Condition,
  checkFit,
  chooseStart,
  ddim,
  gaussianLateStart,
  type Network,
  noiseStart,
  type SampleOptions,
} from "@symbreak/samplers";
import { type Asked, chosenData, dataOf, describeTrained, openAsked } from "../networks.ts";
import {
  askedOf,
  classesOf,
  DATA_OPTIONS,
  grouped,
  NETWORK_ARGUMENT,
  OUT_OPTION,
  pair,
  SAMPLES_OPTIONS,
  SOLVER_OPTIONS,
  solverNamed,
  stepsOf,
  UNITS_OPTION,
  WORKERS_OPTION,
} from "../options.ts";
import { integer, number } from "../parse.ts";
import { type About, runSamples, samplesOutcome } from "../sampling/make-samples.ts";
import { type Gathered, gather, type Materials, materialFile } from "../sampling/materials.ts";
import { cutSamples } from "../shards/sample-shard.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

const START_OPTIONS = grouped("Start", {
  start: {
    type: "string",
    description:
      "noise, auto (default: where chooseStart predicts the least error), or the time of a Gaussian late start.",
  },
  noise: {
    type: "string",
    description: "A .npy of the noise to begin from, a row for each sample.",
  },
  noised: {
    type: "string",
    description: "An image, or a .npy of them, to be noised and begun from.",
  },
  from: { type: "string", description: "The time that --noised images are noised to." },
});

const CONDITION_OPTIONS = grouped("Condition", {
  class: {
    type: "string",
    description: "Classes that are dealt to the samples: 3, 0,1,2, or all.",
  },
  guidance: { type: "string", description: "Weight of guidance; 1 is none." },
  "guidance-interval": {
    type: "string",
    description: "The log SNRs between which guidance acts, lo,hi.",
  },
  "guidance-power": {
    type: "string",
    description:
      "Power law of the weight: w − 1 times |difference of the scores|^power (default 0).",
  },
  weak: {
    type: "string",
    description: "A weaker network to be led away from, in place of the network without a class.",
  },
  known: { type: "string", description: "Inpainting: an image of which a part is known." },
  mask: { type: "string", description: "Inpainting: an image that is white where it is known." },
  grey: { type: "string", description: "Colourisation: the grey image." },
});

const ARGS = {
  ...NETWORK_ARGUMENT,
  ...SOLVER_OPTIONS,
  ...START_OPTIONS,
  ...CONDITION_OPTIONS,
  ...SAMPLES_OPTIONS,
  ...grouped("Data", {
    data: {
      type: "string",
      description: "Data for the moments of a late start (default the network's own moments).",
    },
  }),
  ...DATA_OPTIONS,
  ...UNITS_OPTION,
  ...WORKERS_OPTION,
  ...grouped("Result", {
    bytes: {
      type: "boolean",
      description: "Write pixels to samples.npy, not the network's numbers.",
    },
  }),
  ...OUT_OPTION,
} as const;

type Args = { readonly [Name in keyof typeof ARGS]?: string | boolean | undefined };

/** `ssb sample <network>` */
export const sample: Verb = defineVerb({
  args: ARGS,
  examples: [
    "ssb sample zoo:mnist --steps 3",
    "ssb sample runs/mnist-tiny --steps 10 --solver dpmMultistep:order=3 --grid karras --start noise",
    "ssb sample model.onnx --start 500 --seed 7 --count 16",
    "ssb sample runs/digits --class all --guidance 2 --guidance-interval -2,4",
    "ssb sample zoo:mnist --known photo.png --mask mask.png --steps 50",
  ],
  shards: "",
  run: async (args, _, cut) => {
    checkArgs(args);
    const asked = askedOf(args);
    const { network: bare, runtime, units } = await openAsked(asked);
    const asks = { ...conditionOf(args, bare), ...guidanceOf(args, bare) };
    const materials: Materials = {
      ...(units && { units }),
      ...(needsMoments(args) &&
        bare.moments === undefined && {
          moments: chosenData(args.network, bare.trainedOn, asked),
        }),
      ...(await conditions(args)),
    };
    const gathered = await gather(bare, materials, runtime.runtime);
    const { network } = gathered;
    const run: SampleOptions = {
      network,
      solver:
        args.solver === undefined ? (bare.defaults?.solver ?? ddim()) : solverNamed(args.solver),
      ...stepsOf(args, usualSteps(bare)),
      // A pipeline's own clipping belongs to its own solver: a solver that is asked for is the paper's, in every verb.
      ...(args.solver !== undefined && { threshold: null }),
      ...asks,
      ...(gathered.weak && { weak: gathered.weak }),
      count: integer("--count", args.count, 1),
      first: integer("--first", args.first, 0),
      seed: BigInt(integer("--seed", args.seed, 0)),
    };
    const { reason, data, ...start } = await startOf(args, asked, run, gathered);
    const about: About = {
      ...{
        network: args.network,
        runtime: runtime.name,
        data,
        reason,
        bytes: args.bytes === true,
        materials,
      },
    };
    if (cut !== undefined) return cutSamples({ ...run, ...start }, cut, about);
    return samplesOutcome(await runSamples({ ...run, ...start }), network, about);
  },
});

/** Steps of a run that does not say: five, or as many as there are in the network's own list of timesteps. */
function usualSteps(network: Network): number {
  return ownTimesteps(network)?.length ?? 5;
}

/** The timesteps that a distilled network was made for. */
function ownTimesteps({ defaults }: Network): readonly number[] | undefined {
  const { name, settings } = defaults?.grid ?? {};
  return name === "timesteps" ? (settings?.timesteps as readonly number[]) : undefined;
}

/** Refuses options that another one would silence. */
function checkArgs(args: Args): void {
  const both = (one: keyof Args, other: keyof Args) => {
    if (args[one] !== undefined && args[other] !== undefined)
      throw new UsageError(`--${one} and --${other} cannot both be given`);
  };
  const needs = (one: keyof Args, other: keyof Args) => {
    if (args[one] !== undefined && args[other] === undefined)
      throw new UsageError(`--${one} needs --${other} (ssb sample --help)`);
  };
  both("noise", "start");
  both("noised", "start");
  both("noise", "noised");
  both("known", "grey");
  needs("known", "mask");
  needs("mask", "known");
  needs("noised", "from");
  needs("from", "noised");
  if (args.weak === undefined) needs("guidance", "class");
  for (const option of ["guidance-interval", "guidance-power", "weak"] as const)
    needs(option, "guidance");
}

function needsMoments({ start, noise, noised }: Args): boolean {
  return noise === undefined && noised === undefined && start !== "noise";
}

/** A weaker network and files, as the result keeps them. */
async function conditions(args: Args): Promise<Partial<Materials>> {
  const text = (name: keyof Args) => args[name] as string | undefined;
  const weak = text("weak");
  const names = ["known", "mask", "grey", "noise", "noised"] as const;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = text(name);
      return [name, file === undefined ? undefined : await materialFile(file)] as const;
    }),
  );
  return {
    ...(weak !== undefined && { weak }),
    ...Object.fromEntries(files.filter(([, file]) => file !== undefined)),
  };
}

function conditionOf(args: Args, { classes }: Network): { readonly condition?: Condition } {
  const text = args.class as string | undefined;
  if (text !== undefined) return { condition: { classes: classesOf(text, classes?.count ?? 1) } };
  if (classes !== undefined && !classes.unconditional)
    throw new UsageError(
      `${args.network} makes one of ${classes.count} classes: choose with --class ${classes.count - 1}, --class 0,1 or --class all`,
    );
  return {};
}

function guidanceOf(args: Args, { classes }: Network): Pick<SampleOptions, "guidance"> {
  const weight = number("--guidance", args.guidance as string | undefined);
  if (weight === undefined) return {};
  // The network itself is asked without a class, unless a weaker one is.
  if (args.weak === undefined && classes !== undefined && !classes.unconditional)
    throw new UsageError(
      `--guidance needs a network that also does without a class (label dropout), which ${args.network} does not: give a weaker one with --weak`,
    );
  const interval = pair("--guidance-interval", args["guidance-interval"] as string | undefined);
  const power = number("--guidance-power", args["guidance-power"] as string | undefined);
  return { guidance: { weight, ...(interval && { interval }), ...(power && { power }) } };
}

/** Clean images that `auto` tests the network on. */
const TESTED = 64;

type FoundStart = Pick<SampleOptions, "start"> & {
  readonly reason: string;
  /** The data that were looked at, in words. */
  readonly data: string | null;
};

async function startOf(
  args: Args,
  asked: Asked,
  run: SampleOptions,
  { network, moments, of, start: given }: Gathered,
): Promise<FoundStart> {
  if (given !== undefined && args.noise !== undefined)
    return { start: given(undefined), reason: `noise of ${args.noise}`, data: null };
  if (given !== undefined) {
    const time = number("--from", args.from as string);
    const reason = `${args.noised}, noised to time ${time}, as asked`;
    return { start: given(time), reason, data: null };
  }
  const { start = "auto" } = args;
  if (start === "noise")
    return { start: noiseStart(), reason: "noise, as asked", data: describeTrained(network) };
  const [first] = (run.grid === undefined && ownTimesteps(network)) || [];
  if (start === "auto" && first !== undefined && first < network.process.tMax)
    return {
      start: gaussianLateStart(moments!, network.process.level(first)),
      reason: `Gaussian late start at timestep ${first}, where the network's own steps begin`,
      data: describeTrained(network),
    };
  if (start === "auto") return automatic(asked, run, network, moments!);
  const time = number("--start", start as string);
  const level = network.process.level(time);
  return {
    start: gaussianLateStart(moments!, level),
    reason: `Gaussian late start at timestep ${level.timestep}, as asked`,
    data: of ?? describeTrained(network),
  };
}

/** The start that is predicted to cost least, tested on clean images where they are at hand. */
async function automatic(
  asked: Asked,
  { solver, grid, steps, condition }: SampleOptions,
  network: Network,
  moments: Moments,
): Promise<FoundStart> {
  const set = await dataOf(network, asked).catch((error: unknown) => {
    // The network's own data need not be on this machine; data that were named must be.
    if (asked.data === undefined && network.moments && isAbsent(error)) return undefined;
    throw error;
  });
  const data = set && inUnits(takeSamples(set, pick(set.count, TESTED)));
  const { start, reason, estimates } = await chooseStart({
    ...{ network, solver, moments },
    ...(grid && { grid }),
    ...(steps !== undefined && { steps }),
    ...(condition && { condition }),
    ...(data && { data }),
  });
  const tested = estimates.filter(({ start, lossRatio }) => start === "late" && lossRatio !== null);
  if (set && tested.length > 0) checkMisfit(network, tested);
  const note = set ? "" : " (tested on draws of the Gaussian: the network's data are not here)";
  return {
    start,
    reason: `${reason}${note}`,
    data: set ? describe(set) : describeTrained(network),
  };
}

/** A network that is worse than the best linear predictor of its data is an error, with the way to sample it all the same. */
function checkMisfit(network: Network, tests: Parameters<typeof checkFit>[1]): void {
  try {
    checkFit(network, tests);
  } catch (error) {
    throw new Error(
      `${(error as Error).message}; --start noise, or a time of a late start, samples it all the same`,
    );
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof DatasetError || (error as Error).message.includes("--data");
}
