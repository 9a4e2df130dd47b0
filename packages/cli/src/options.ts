import { GRIDS, type Grid, gridOf, sigmaList, timestepList } from "@symbreak/core";
import type { LoadOptions } from "@symbreak/datasets";
import { SOLVERS, type Solver, solverOf } from "@symbreak/samplers";
import type { ArgsDef } from "citty";
import type { Asked } from "./networks.ts";
import { type Configured, configuredWord, integer, integers, numbers, oneOf } from "./parse.ts";
import { UsageError } from "./usage-error.ts";

/** The heading of each option in the help of a verb. */
const HEADINGS = new Map<object, string>();

/** Gives options their heading. */
export function grouped<const Options extends ArgsDef>(heading: string, options: Options): Options {
  for (const option of Object.values(options)) HEADINGS.set(option, heading);
  return options;
}

/** The heading of an option; "Options" where it has none of its own. */
export function headingOf(option: object): string {
  return HEADINGS.get(option) ?? "Options";
}

/** What was typed for each of some options. */
type Typed<Options> = { readonly [Name in keyof Options]?: string | boolean | undefined };

/** Where the files go. */
export const OUT_OPTION = {
  out: { type: "string", description: "Directory that the result is written to." },
} as const;

/** The data of a network. */
export const NETWORK_DATA_OPTION = {
  data: { type: "string", description: "What it was trained on (default what the network says)." },
} as const;

/** The network that a verb is about. */
export const NETWORK_ARGUMENT = {
  network: {
    type: "positional",
    required: true,
    description: "zoo:<name>, a run of ssb train, a directory of diffusers, or an ONNX file.",
  },
} as const;

/** How a network is run. */
export const WORKERS_OPTION = {
  workers: {
    type: "string",
    description: "Processes that share the network's work (default one a core, at most 8).",
  },
} as const;

/** The options that choose and shape data: those of `loadDataset`. */
export const DATA_OPTIONS = {
  split: { type: "string", description: "train (default), test, or a split of the set itself." },
  classes: {
    type: "string",
    description: "Only these classes, by number or name: 1,8 or cat,dog.",
  },
  "per-class": { type: "string", description: "Only the first so many of each class." },
  limit: { type: "string", description: "At most so many samples." },
  "skip-damaged": { type: "boolean", description: "Leave out images that cannot be decoded." },
  resize: { type: "string", description: "Resize images to a square of this side, or to WxH." },
  fit: { type: "string", description: "For other proportions: crop (default), pad or stretch." },
  channel: { type: "string", description: 'One channel by its number, or "gray".' },
  "grey-to-rgb": { type: "boolean", description: "Repeat grey images in three channels." },
  pad: { type: "string", description: "Pad images to a square of this side." },
  "pad-value": { type: "string", description: "The byte to pad with (default 0)." },
  range: { type: "string", description: "Of arrays: the values of black and white, lo,hi." },
  layout: { type: "string", description: "Of arrays of images: NHWC or NCHW." },
  directory: { type: "string", description: "Folder with the original files of a named set." },
} as const;

/** The units that a model sees, `--units` or `--scale`. */
export const UNITS_OPTION = {
  scale: {
    type: "string",
    alias: "units",
    description: "The units that the network sees: unit, symmetric, zscore, trace, as-is.",
  },
} as const;

/** A network with its data, as every experiment takes them. */
export const SUBJECT_OPTIONS: typeof NETWORK_ARGUMENT &
  typeof NETWORK_DATA_OPTION &
  typeof DATA_OPTIONS &
  typeof UNITS_OPTION &
  typeof WORKERS_OPTION = {
  ...NETWORK_ARGUMENT,
  ...NETWORK_DATA_OPTION,
  ...DATA_OPTIONS,
  ...UNITS_OPTION,
  ...WORKERS_OPTION,
};

/** The words of {@link SUBJECT_OPTIONS}. */
export function askedOf(
  given: Typed<typeof DATA_OPTIONS> & {
    readonly network: string;
    readonly data?: string | undefined;
    readonly scale?: string | undefined;
    readonly workers?: string | undefined;
  },
): Asked {
  const { network, data, scale } = given;
  const workers = integer("--workers", given.workers, 1);
  return { network, data, scale, workers, options: loadOptions(given) };
}

/** The data options as `loadDataset` takes them; those not given are left out. */
export function loadOptions(given: Typed<typeof DATA_OPTIONS>): LoadOptions {
  const text = (name: keyof typeof DATA_OPTIONS) => given[name] as string | undefined;
  const channel = text("channel");
  const fit = text("fit");
  const layout = text("layout");
  const options = {
    split: text("split"),
    classes: classWords(text("classes")),
    perClass: integer("--per-class", text("per-class"), 1),
    limit: integer("--limit", text("limit"), 1),
    skipDamaged: given["skip-damaged"] === true ? true : undefined,
    resize: sizeOf(text("resize")),
    fit: fit && oneOf("--fit", fit, ["crop", "pad", "stretch"]),
    channel: channel === "gray" ? channel : integer("--channel", channel, 0),
    greyToRgb: given["grey-to-rgb"] === true ? true : undefined,
    pad: integer("--pad", text("pad"), 1),
    padValue: integer("--pad-value", text("pad-value"), 0),
    range: pair("--range", text("range")),
    layout: layout && oneOf("--layout", layout.toUpperCase(), ["NHWC", "NCHW"]),
    directory: text("directory"),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The steps of a solver: which solver, how many, and how they are laid. */
export const SOLVER_OPTIONS = {
  solver: {
    type: "string",
    description: "The solver, with settings after a colon, such as dpmMultistep:order=3:",
  },
  steps: { type: "string", description: "Number of steps of the solver." },
  grid: {
    type: "string",
    description: "How the steps are laid, such as karras:rho=5:",
  },
  timesteps: { type: "string", description: "The timesteps themselves, such as 999,716,453." },
  sigmas: { type: "string", description: "The noise levels sigma/alpha themselves, descending." },
} as const;

/** Short words for solvers with settings. */
const ALIASES: Readonly<Record<string, Configured>> = {
  "dpm++": { name: "dpmMultistep", settings: {} },
  unipc: { name: "uniPc", settings: {} },
  "sde-dpm++": { name: "dpmMultistep", settings: { algorithm: "sde-dpmsolver++" } },
  "ddpm-small": { name: "ddpm", settings: { variance: "fixedSmall" } },
};

/** The solver of a word such as "ddim:eta=1": the same in every verb. */
export function solverNamed(text: string, option = "--solver"): Solver {
  return solverOf(configuredWord(option, text, Object.keys(SOLVERS), ALIASES));
}

/** The solvers of a list such as "ddim:eta=1,ddim,dpm++". */
export function solversNamed(text: string): Solver[] {
  // A part such as "order=3" is a further setting of the solver before it.
  const words = text.split(/,(?![^,:]*=)/);
  return words.map((word) => solverNamed(word.trim(), "--solvers"));
}

/** Grids that are made of the words of `--grid`; lists have options of their own. */
const NAMED_GRIDS = Object.keys(GRIDS).filter(
  (name) => !["timesteps", "sigmas", "levels"].includes(name),
);

/** The names that an option of solvers or grids takes. */
const NAMES = new Map<object, readonly string[]>([
  [SOLVER_OPTIONS.solver, [...Object.keys(SOLVERS), ...Object.keys(ALIASES)]],
  [SOLVER_OPTIONS.grid, NAMED_GRIDS],
]);

/** What the help says of an option. */
export function helpOf(option: { readonly description?: string }): string {
  const names = NAMES.get(option);
  return `${option.description ?? ""}${names ? ` ${names.join(", ")}.` : ""}`;
}

/** The grid that was asked for, if any, and the number of steps: a list has its own. */
export function stepsOf(
  given: Typed<typeof SOLVER_OPTIONS>,
  usual: number,
): { readonly grid?: Grid; readonly steps?: number } {
  const { grid, timesteps, sigmas, steps } = given as Record<string, string | undefined>;
  const listed = Object.entries({ grid, timesteps, sigmas }).filter(
    ([, text]) => text !== undefined,
  );
  if (listed.length > 1)
    throw new UsageError(`--${listed[0]![0]} and --${listed[1]![0]} cannot both be given`);
  const count = integer("--steps", steps, 1);
  const times = numbers("--timesteps", timesteps);
  const noises = numbers("--sigmas", sigmas);
  const list = times ? timestepList(times) : noises && sigmaList(noises);
  // A number of steps that is not the list's is refused by the list.
  if (list) return { grid: list, ...(count !== undefined && { steps: count }) };
  return {
    ...(grid !== undefined && { grid: gridOf(configuredWord("--grid", grid, NAMED_GRIDS)) }),
    steps: count ?? usual,
  };
}

/** Which samples are made, and from which noise. */
export const SAMPLES_OPTIONS = {
  count: { type: "string", default: "64", description: "Number of samples (default 64)." },
  first: {
    type: "string",
    default: "0",
    description:
      "Number of the first sample (default 0); a sample depends on its number and the seed.",
  },
  seed: { type: "string", default: "1", description: "Seed of the noise (default 1)." },
} as const;

/** Two numbers, "lo,hi". */
export function pair(option: string, text: string | undefined): [number, number] | undefined {
  const [low, high, ...rest] = numbers(option, text) ?? [];
  if (low === undefined) return undefined;
  if (high === undefined || rest.length > 0)
    throw new UsageError(`${option} must be two numbers, such as 0,1; got "${text}"`);
  return [low, high];
}

/** What `--class` says: the classes that are dealt to the samples by their numbers. */
export function classesOf(text: string, count: number): number[] {
  if (text === "all") return Array.from({ length: count }, (_, k) => k);
  return integers("--class", text)!;
}

/** Classes by their numbers, or by names. */
function classWords(text: string | undefined): (number | string)[] | undefined {
  const words = text?.split(",").map((word) => word.trim());
  if (words?.includes(""))
    throw new UsageError(`--classes must be numbers or names, such as 1,8; got "${text}"`);
  return words?.map((word) => (/^\d+$/.test(word) ? Number(word) : word));
}

function sizeOf(text: string | undefined): LoadOptions["resize"] {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text ?? "") ?? [];
  if (width === undefined || height === undefined) return integer("--resize", text, 1);
  return [integer("--resize", width, 1), integer("--resize", height, 1)];
}

grouped("Result", OUT_OPTION);
grouped("Data", DATA_OPTIONS);
grouped("Data", UNITS_OPTION);
grouped("Speed", WORKERS_OPTION);
grouped("Steps", SOLVER_OPTIONS);
grouped("Samples", SAMPLES_OPTIONS);
grouped("Data", NETWORK_DATA_OPTION);
