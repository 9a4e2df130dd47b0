import { checkKeys, invalid } from "@symbreak/core";
import type { StepMatchingOptions } from "../objectives/step-matching.ts";

/** A student of few steps as plain data: who teaches it, where it begins, and how long it learns. */
export interface DistilConfig {
  readonly name: string;
  /** The network whose walk is learned, and whose weights the student begins with: `zoo:<name>`, a run, a file. */
  readonly teacher: string;
  /** The indices at which the student learns to answer, descending: the first is a late start. */
  readonly timesteps: readonly number[];
  /** What the loss of each of them counts; 1 by default. */
  readonly counts?: readonly number[];
  /**
   * Where each call is to lead: "next" (default) to the next of the timesteps, for DDIM; "last" to clean data, for the
   * consistency solver, which adds new noise after each call.
   */
  readonly ends?: NonNullable<StepMatchingOptions["ends"]>;
  /** The timesteps of the student's own walk: all of them (default), or with `ends: "last"` some. */
  readonly walk?: readonly number[];
  /** The indices of the teacher's DPM-Solver++ 2M, descending, the student's among them; then clean data. */
  readonly teacherTimesteps: readonly number[];
  /** How many of the teacher's walks are learned, and the seed of their noise. */
  readonly trajectories: number;
  readonly seed: number;
  /** Adam's rate after a warm-up, falling along a cosine; Muon's share of it for matrices; decay of the averaged weights. */
  readonly optimiser: {
    readonly rate: number;
    readonly warmUp: number;
    readonly muon: number | null;
    readonly average: number;
  };
  /** Pairs in a step of the optimiser, and how many such steps. */
  readonly batch: number;
  readonly steps: number;
}

/** Gives a config file its types. */
export function defineDistil(config: DistilConfig): DistilConfig {
  return config;
}

const OPTIMISER = ["rate", "warmUp", "muon", "average"];
const KEYS = [
  ...["name", "teacher", "timesteps", "counts", "ends", "walk", "teacherTimesteps"],
  ...["trajectories", "seed", "optimiser", "batch", "steps"],
];

/**
 * The config with its defaults, checked: what a file says may be anything.
 *
 * @throws RangeError naming the key and the rule
 */
export function resolveDistil(given: unknown): Required<DistilConfig> {
  if (typeof given !== "object" || given === null)
    throw invalid("distil", "the config must be an object", given);
  checkKeys("distil", given, KEYS);
  const config = given as DistilConfig;
  const { name, teacher, timesteps, teacherTimesteps, optimiser, ends = "next" } = config;
  for (const [key, word] of Object.entries({ name, teacher }))
    if (typeof word !== "string" || word === "")
      throw invalid("distil", `${key} must be a word`, word);
  checkDescending("timesteps", timesteps);
  checkDescending("teacherTimesteps", teacherTimesteps);
  if (!isPart(timesteps, teacherTimesteps) || timesteps[0] !== teacherTimesteps[0])
    throw invalid(
      "distil",
      "teacherTimesteps must begin as timesteps and have all of them",
      teacherTimesteps,
    );
  const { counts = timesteps.map(() => 1), walk = timesteps } = config;
  checkDescending("walk", walk);
  if (
    walk[0] !== timesteps[0] ||
    !isPart(walk, timesteps) ||
    (ends === "next" && walk.length < timesteps.length)
  )
    throw invalid(
      "distil",
      'walk must begin as timesteps and, with ends "last", have some of them, else all',
      walk,
    );
  checkKeys("distil: optimiser", optimiser ?? {}, OPTIMISER);
  const { trajectories, seed, batch, steps } = config;
  for (const [key, value] of Object.entries({ trajectories, batch, steps }))
    if (!(Number.isInteger(value) && value >= 1))
      throw invalid("distil", `${key} must be a positive integer`, value);
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw invalid("distil", "seed must be a natural number", seed);
  return { ...config, ends, counts, walk };
}

function checkDescending(key: string, list: readonly number[]): void {
  const rule = `${key} must be a list of indices, descending`;
  if (!Array.isArray(list) || list.length === 0) throw invalid("distil", rule, list);
  list.forEach((t, i) => {
    if (!(Number.isInteger(t) && t >= 0 && (i === 0 || t < list[i - 1]!)))
      throw invalid("distil", rule, list);
  });
}

function isPart(some: readonly number[], all: readonly number[]): boolean {
  return some.every((t) => all.includes(t));
}
