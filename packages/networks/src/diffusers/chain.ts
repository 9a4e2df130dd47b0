import {
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  LONGEST_CHAIN,
  levelAt,
  levelOfSigma,
  type NoiseLevel,
  type Precision,
  type Prediction,
  rounding,
  sigmaAt,
  timesteps,
} from "@symbreak/core";
import type { Fields } from "./config.ts";
import { numpyLog } from "./numpy-log.ts";
import type { Parts, StepRequest } from "./scheduler.ts";
import { stepCount } from "./step-request.ts";

/** The training chain of a config, with the look-ups that diffusers makes in it. */
export interface Chain {
  readonly schedule: DiscreteSchedule;
  /** Rounds to the table's precision. */
  readonly round: (x: number) => number;
  /** Every training level, descending. */
  readonly table: readonly NoiseLevel[];
  /** The level of a timestep, its roots rounded as diffusers rounds them. */
  at(timestep: number): NoiseLevel;
  /** ln(sigma/alpha) by index, rounded. */
  readonly logSigmas: Float64Array;
  /** sigma/alpha at an index. */
  sigma(index: number): number;
  /** The level of a sigma/alpha, rounded to the table's precision. */
  level(sigma: number, timestep: number): NoiseLevel;
}

const KINDS = {
  linear: "linear",
  scaled_linear: "scaledLinear",
  squaredcos_cap_v2: "cosine",
  sigmoid: "sigmoid",
} as const;

/** The chain that a config's beta keys describe. */
export function chainOf(read: Fields, precision: Precision): Chain {
  const steps = read.number("num_train_timesteps");
  if (steps > LONGEST_CHAIN)
    throw invalid(
      "fromSchedulerConfig",
      `num_train_timesteps must be at most ${LONGEST_CHAIN}`,
      steps,
    );
  const [betaStart, betaEnd] = [read.number("beta_start"), read.number("beta_end")];
  const kind = read.choice("beta_schedule", [
    ...(Object.keys(KINDS) as (keyof typeof KINDS)[]),
    "exp",
    "laplace",
  ]);
  const betas = read.numbers("trained_betas") ?? rareBetas(kind, steps);
  const zeroTerminalSnr = read.boolean("rescale_betas_zero_snr");
  const schedule = discreteSchedule({
    ...(betas ? { betas } : { kind: KINDS[kind as keyof typeof KINDS], steps, betaStart, betaEnd }),
    zeroTerminalSnr,
    precision,
  });
  const round = rounding(precision);
  const log = precision === "float32" ? numpyLog : Math.log;
  const table = Array.from(schedule.betas, (_, i) => levelOfSigma(sigmaAt(schedule, i), i));
  return {
    schedule,
    round,
    table: table.reverse(),
    at(timestep) {
      const { alpha, sigma } = levelAt(schedule, timestep);
      return { alpha: round(alpha), sigma: round(sigma), timestep };
    },
    logSigmas: schedule.betas.map((_, i) => log(sigmaAt(schedule, i))),
    sigma: (index) => sigmaAt(schedule, index),
    level: (sigma, timestep) => levelOfSigma(round(sigma), round(timestep)),
  };
}

/** Betas from the two alphaBar(u) that only diffusers has: "exp" (Heun) and "laplace" (DDPM). */
function rareBetas(kind: string, steps: number): number[] | undefined {
  const laplace = (u: number) => {
    const logSnr = -0.5 * Math.sign(0.5 - u || 1) * Math.log(1 - 2 * Math.abs(0.5 - u) + 1e-6);
    return Math.sqrt(1 / (1 + Math.exp(-logSnr)));
  };
  const alphaBar =
    kind === "exp" ? (u: number) => Math.exp(-12 * u) : kind === "laplace" ? laplace : undefined;
  return (
    alphaBar &&
    Array.from({ length: steps }, (_, i) =>
      Math.min(1 - alphaBar((i + 1) / steps) / alphaBar(i / steps), 0.999),
    )
  );
}

const PREDICTIONS = { epsilon: "epsilon", v_prediction: "v", sample: "sample" } as const;

/** What the network predicts, of the kinds that the class allows. */
export function predictionOf(
  read: Fields,
  kinds: readonly (keyof typeof PREDICTIONS)[] = ["epsilon", "v_prediction", "sample"],
): Prediction {
  return PREDICTIONS[read.choice("prediction_type", kinds)];
}

/** The timesteps of a run by the config's spacing; `family` as in core's `timesteps`. */
export function spacedTimesteps(
  read: Fields,
  { schedule, round }: Chain,
  count: number,
  family: "ddpm" | "euler",
): number[] {
  const spacing = read.choice("timestep_spacing", ["leading", "linspace", "trailing"]);
  const offset = read.number("steps_offset");
  return timesteps(spacing, count, { steps: schedule.steps, offset, family }).map(round);
}

/** Timesteps that the caller chose: strictly descending, within the chain. */
export function chosenTimesteps(list: readonly number[], { schedule }: Chain): readonly number[] {
  if (list.length === 0) throw invalid("levels", "timesteps must not be empty", list);
  if (!(list[0]! < schedule.steps))
    throw invalid(
      "levels",
      `timesteps must start below num_train_timesteps (${schedule.steps})`,
      list[0],
    );
  if (list.some((t, i) => i > 0 && !(t < list[i - 1]!)))
    throw invalid("levels", "timesteps must strictly descend", list);
  return list;
}

/** The levels of a class that takes a number of timesteps alone and ends at `end`, also from a late start. */
export function countedLevels(
  name: string,
  read: Fields,
  chain: Chain,
  end: NoiseLevel,
): Parts["levels"] {
  return (steps, from) =>
    from
      ? lateLevels(chain, steps, from, end)
      : [...spacedTimesteps(read, chain, stepCount(name, steps), "ddpm").map(chain.at), end];
}

/** The levels of a late start: from `from`, a level of the chain, down the paper's grid to `end`. */
export function lateLevels(
  chain: Chain,
  steps: StepRequest,
  from: NoiseLevel,
  end: NoiseLevel,
): NoiseLevel[] {
  if (typeof steps !== "number")
    throw invalid("levels", "steps must be a number when a start level is given", steps);
  const { steps: count } = chain.schedule;
  // A run that ends at the chain's own first level, not at clean data, has that level once.
  const points = end.sigma === 0 ? steps : steps + 1;
  const grid = timesteps("late", points, { steps: count, start: from.timestep });
  return [from, ...grid.slice(1, steps).map(chain.at), end];
}
