import { type DiscreteScheduleOptions, shortened } from "@symbreak/core";
import * as v from "valibot";
import type { Restart } from "../optimiser/learning-rate.ts";
import { trainConfigSchema } from "./config-schema.ts";
import type { ObjectiveConfig, Written } from "./objective-config.ts";

/** What is trained on, and in which units. */
export interface DataConfig {
  /** A data set's name, or a file or folder of images. */
  readonly dataset: string;
  readonly split?: string;
  /** Only these classes. */
  readonly classes?: readonly number[];
  readonly perClass?: number;
  readonly limit?: number;
  readonly resize?: number;
  readonly channel?: "gray" | number;
  readonly pad?: number;
  /** Units of the network; `symmetric`, the default, is [−1, 1]. */
  readonly scale: "unit" | "symmetric" | "zscore" | "trace";
  /** Mirror images at random. Default false: it is wrong for digits. */
  readonly flip: boolean;
}

export interface ScheduleConfig {
  /** Default "linear". */
  readonly kind: NonNullable<DiscreteScheduleOptions["kind"]>;
  /** Default 1000. */
  readonly steps: number;
  /** Default 1e-4. */
  readonly betaStart: number;
  /** Default 0.02. */
  readonly betaEnd: number;
  /** Default false. */
  readonly zeroTerminalSnr: boolean;
}

/** Adam's settings. */
export interface OptimiserConfig {
  /** Learning rate, default 2e-4. */
  readonly rate: number;
  /** Steps until the full rate, default 0. */
  readonly warmUp: number;
  /** `cosine`: the rate falls to nothing at the last step. Default "none". */
  readonly decay: "none" | "cosine";
  /** Where the cosine begins again, and at which rate: ascending. Default none. */
  readonly restarts: readonly Restart[];
  /** Default [0.9, 0.999]. */
  readonly betas: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon: number;
  /** Default 0. */
  readonly weightDecay: number;
  /** Longest gradient, default 1; `null` for no limit. */
  readonly clip: number | null;
  /** Decay of the moving average of the weights once it is warm, default 0.9999. */
  readonly average: number;
  /** Muon for matrices: the root mean square of their step, in rates. Default `null`: Adam for all. */
  readonly muon: number | null;
  /**
   * The rate of class embeddings, in rates. They begin at zero in a network that goes on from one without classes, and a
   * class changes its loss by so little that at the others' rate they are hardly learned.
   */
  readonly classRate?: number;
}

/** A run with every default filled in. */
export interface ResolvedConfig {
  /** The run's name: its directory is `runs/<name>`. */
  readonly name: string;
  readonly data: DataConfig;
  /** `className` (`SmallUNet`, `UNet2DModel`, …) and the options of that network, in camelCase. */
  readonly model: { readonly className: string; readonly [option: string]: unknown };
  /**
   * A trained network whose weights this one begins with, see {@link begunWith}: a run, a file of `ssb export`, or
   * `zoo:<name>`. By default it begins at random.
   */
  readonly begin?: string;
  /** Of the objectives in discrete time: simple, hybrid, bound and noised classification. */
  readonly schedule: ScheduleConfig;
  readonly objective: ObjectiveConfig;
  readonly optimiser: OptimiserConfig;
  /** Images in a step. */
  readonly batch: number;
  readonly steps: number;
  /** Of everything random: weights, order, times, noise. Default 0. */
  readonly seed: number;
  /** Steps between log entries (default 50), checkpoints (500) and sample grids (500). */
  readonly every: { readonly log: number; readonly checkpoint: number; readonly samples: number };
  /** The sample grid: how many (default 16, 0 for none), by how many steps of DDIM (10). */
  readonly samples: { readonly count: number; readonly steps: number };
}

/** A run as it is written in a config file: what has a default may be left out. */
export type TrainConfig = Pick<ResolvedConfig, "name" | "model" | "batch" | "steps"> & {
  readonly data: Pick<DataConfig, "dataset"> & Partial<DataConfig>;
  readonly begin?: string;
  readonly seed?: number;
} & {
  readonly [Part in "schedule" | "optimiser" | "every" | "samples"]?: Partial<ResolvedConfig[Part]>;
} & {
  readonly objective?: Written<ObjectiveConfig>;
};

/** Gives a config file its types. */
export function defineConfig(config: TrainConfig): TrainConfig {
  return config;
}

/** Checks a config and fills in the defaults; an error names every key that is wrong. */
export function resolveConfig(config: unknown): ResolvedConfig {
  const result = v.safeParse(trainConfigSchema, config);
  if (result.success) return result.output;
  const problems = result.issues.map(
    (issue) => `${v.getDotPath(issue) ?? "config"}: ${shortened(issue.message)}`,
  );
  throw new RangeError(`train config: ${shortened(problems.join("; "), 4000)}`);
}
