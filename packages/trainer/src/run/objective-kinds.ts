import {
  discreteSchedule,
  edm,
  exponentialSigmas,
  type ForwardProcess,
  flow,
  invalid,
  type NoiseLevel,
  ou,
  type Process,
  scaledTime,
  scales as scalesOf,
  subVp,
  ve,
  vp,
} from "@symbreak/core";
import * as v from "valibot";
import { classification } from "../objectives/classification.ts";
import { edmMatching } from "../objectives/edm.ts";
import { flowMatching } from "../objectives/flow.ts";
import { implicitScoreMatching } from "../objectives/implicit-score-matching.ts";
import type { Objective } from "../objectives/objective.ts";
import { scoreMatching } from "../objectives/score-matching.ts";
import { scoreSde } from "../objectives/score-sde.ts";
import { simple } from "../objectives/simple.ts";
import type { Variance } from "../objectives/variational/bound-terms.ts";
import { hybrid, variationalBound } from "../objectives/variational/variational-bound.ts";
import { fixedLinear, learnedLinear, learnedMonotone } from "../objectives/vdm/noise-schedule.ts";
import { variationalDiffusion } from "../objectives/vdm/vdm.ts";
import { vdmProcess } from "../objectives/vdm/vdm-process.ts";
import type { ResolvedConfig, ScheduleConfig } from "./config.ts";
import type { Denoised, ObjectiveConfig, ProcessConfig, TimesConfig } from "./objective-config.ts";

/** An objective, and what it says about sampling from the network. */
export interface Purpose {
  readonly objective: Objective;
  /**
   * What the network was trained on; of a learned schedule as `weights`, by name, have it. Its times are what the network
   * is told. Absent for a classifier.
   */
  readonly process?: (weights: Readonly<Record<string, ArrayLike<number>>>) => ForwardProcess;
  /**
   * How x reaches the network, in the words of samplers' `onnxDenoiser`: with unit variance, as it is, or as EDM's raw F of
   * D = c_skip x + c_out F(c_in x, ln(sigma)/4) around data of this deviation. Absent for a classifier.
   */
  readonly scaling?: "vp" | "none" | { readonly sigmaData: number };
  /** Set where the network denoises on the run's discrete schedule, which diffusers' schedulers can describe. */
  readonly variance?: Variance;
}

/** A kind of objective: what a config may say of it, and what is made of that. */
interface Kind<Config> {
  readonly entries: {
    readonly [Key in Exclude<keyof Config, "name">]-?: v.GenericSchema<unknown, Config[Key]>;
  };
  make(config: Omit<Config, keyof Denoised>, run: ResolvedConfig): Purpose;
}

type Kinds = {
  readonly [Name in ObjectiveConfig["name"]]: Kind<Extract<ObjectiveConfig, { name: Name }>>;
};

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const real = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const rates = { betaMin: v.exactOptional(positive, 0.1), betaMax: v.exactOptional(positive, 20) };
const timeScale = v.exactOptional(positive, 1000);
const dropLabels = v.exactOptional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0);

const process: v.GenericSchema<unknown, ProcessConfig> = v.variant("name", [
  v.strictObject({ name: v.literal("vp"), ...rates }),
  v.strictObject({ name: v.literal("subVp"), ...rates }),
  v.strictObject({
    name: v.literal("ve"),
    sigmaMin: v.exactOptional(positive, 0.01),
    sigmaMax: v.exactOptional(positive, 50),
  }),
  v.strictObject({ name: v.literal("ou"), tMax: v.exactOptional(positive, 5) }),
]);

const drawnTimes = {
  below: v.exactOptional(count),
  by: v.exactOptional(v.picklist(["entropic", "rescaled"])),
};
const times: v.GenericSchema<unknown, TimesConfig> = v.union([
  v.strictObject({
    ...drawnTimes,
    from: v.literal("late"),
    margin: v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  }),
  v.strictObject(drawnTimes),
]);

const VDM_SCHEDULES = { fixedLinear, learnedLinear, learnedMonotone } as const;

/** All that a config can train a network for. */
export const OBJECTIVE_KINDS: Kinds = {
  simple: {
    entries: {
      dropLabels,
      prediction: v.exactOptional(v.picklist(["epsilon", "v", "sample"]), "epsilon"),
      minSnr: v.exactOptional(positive),
      importance: v.exactOptional(v.boolean()),
      times: v.exactOptional(times),
    },
    make: ({ name: _, times = {}, ...options }, { schedule }) => {
      const { from: _from, margin: _margin, ...drawn } = times;
      return {
        objective: simple({ schedule: discreteSchedule(schedule), times: drawn, ...options }),
        variance: "fixedSmall",
        ...chain(schedule),
      };
    },
  },
  hybrid: {
    entries: { dropLabels },
    make: (_, { schedule }) => ({
      objective: hybrid({ schedule: discreteSchedule(schedule) }),
      variance: "learned",
      ...chain(schedule),
    }),
  },
  bound: {
    entries: {
      dropLabels,
      variance: v.exactOptional(v.picklist(["learned", "fixedSmall", "fixedLarge"]), "learned"),
      importance: v.exactOptional(v.boolean(), true),
    },
    make: ({ variance, importance }, { schedule }) => ({
      objective: variationalBound({
        schedule: discreteSchedule(schedule),
        variance,
        importance,
      }),
      variance,
      ...chain(schedule),
    }),
  },
  scoreMatching: {
    entries: {
      dropLabels,
      scales: v.exactOptional(count, 10),
      sigmaMin: v.exactOptional(positive, 0.01),
      sigmaMax: v.exactOptional(positive, 1),
      prediction: v.exactOptional(v.picklist(["score", "epsilon"]), "score"),
    },
    make: ({ scales, prediction, ...ends }) => {
      const sigmas = exponentialSigmas(scales, ends);
      return {
        objective: scoreMatching({ sigmas, prediction }),
        process: () => scalesOf({ sigmas: Array.from(sigmas) }),
        scaling: "none",
      };
    },
  },
  implicitScoreMatching: {
    entries: {
      dropLabels,
      scales: v.exactOptional(count, 10),
      sigmaMin: v.exactOptional(positive, 0.01),
      sigmaMax: v.exactOptional(positive, 1),
      divergence: v.exactOptional(v.picklist(["sliced", "exact"]), "sliced"),
    },
    make: ({ scales, divergence, ...ends }) => {
      const sigmas = exponentialSigmas(scales, ends);
      return {
        objective: implicitScoreMatching({ sigmas, divergence }),
        process: () => scalesOf({ sigmas: Array.from(sigmas) }),
        scaling: "none",
      };
    },
  },
  scoreSde: {
    entries: {
      dropLabels,
      process: v.exactOptional(process, { name: "vp" }),
      weighting: v.exactOptional(v.picklist(["simple", "likelihood"]), "simple"),
      prediction: v.exactOptional(v.picklist(["epsilon", "v", "sample", "score"]), "epsilon"),
      tMin: v.exactOptional(positive, 1e-5),
      timeScale,
    },
    make: ({ name: _, process, timeScale, ...options }) => {
      const noising = sdeOf(process);
      const told = ({ timestep }: NoiseLevel): number => timeScale * timestep;
      const tMin = Math.max(options.tMin, noising.tMin);
      return {
        objective: scoreSde({ process: noising, timestep: told, ...options }),
        process: () => scaledTime(sdeOf({ ...process, tMin }), timeScale),
        scaling: process.name === "vp" || process.name === "ou" ? "vp" : "none",
      };
    },
  },
  vdm: {
    entries: {
      dropLabels,
      schedule: v.exactOptional(
        v.picklist(["fixedLinear", "learnedLinear", "learnedMonotone"]),
        "fixedLinear",
      ),
      gammaMin: v.exactOptional(real, -13.3),
      gammaMax: v.exactOptional(real, 5),
      data: v.exactOptional(v.picklist(["bytes", "real"]), "bytes"),
      steps: v.exactOptional(count),
      timeScale,
    },
    make: ({ name: _, schedule: kind, gammaMin: min, gammaMax: max, ...options }, run) => {
      if (options.data === "bytes" && run.data.scale !== "symmetric")
        throw invalid(
          "train",
          'for objective.data "bytes" data.scale must be "symmetric"',
          run.data.scale,
        );
      const schedule = VDM_SCHEDULES[kind]({ min, max });
      return {
        objective: variationalDiffusion({ schedule, ...options }),
        process: (weights) => vdmProcess(schedule, weights, options.timeScale),
        scaling: "vp",
      };
    },
  },
  edm: {
    entries: {
      dropLabels,
      sigmaData: v.exactOptional(positive, 0.5),
      logMean: v.exactOptional(real, -1.2),
      logDeviation: v.exactOptional(positive, 1.2),
      sigmaMin: v.exactOptional(positive, 0.002),
      sigmaMax: v.exactOptional(positive, 80),
    },
    make: ({ name: _, sigmaMin, sigmaMax, ...options }) => ({
      objective: edmMatching(options),
      scaling: { sigmaData: options.sigmaData },
      process: () => edm({ sigmaMin, sigmaMax }),
    }),
  },
  flow: {
    entries: {
      dropLabels,
      times: v.exactOptional(v.picklist(["logitNormal", "uniform"]), "logitNormal"),
      logitMean: v.exactOptional(real, 0),
      logitDeviation: v.exactOptional(positive, 1),
      timeScale,
    },
    make: ({ name: _, ...options }) => ({
      objective: flowMatching(options),
      scaling: "none",
      process: () => flow({ timeScale: options.timeScale }),
    }),
  },
  classification: {
    entries: { noised: v.exactOptional(v.boolean(), false) },
    make: ({ noised }, { schedule }) => ({
      objective: classification(noised ? { schedule: discreteSchedule(schedule) } : {}),
    }),
  },
};

/** The objective that a config describes. */
export function purposeOf(config: ResolvedConfig): Purpose {
  // The compiler cannot see that name and options belong together.
  const kind = OBJECTIVE_KINDS[config.objective.name] as Kind<ObjectiveConfig>;
  const { dropLabels: _, ...objective } = config.objective as ObjectiveConfig & Denoised;
  return kind.make(objective as ObjectiveConfig, config);
}

/** Of the objectives on the run's own chain. */
function chain(schedule: ScheduleConfig): Pick<Purpose, "process" | "scaling"> {
  return { process: () => discreteSchedule(schedule), scaling: "vp" };
}

/** The SDEs by name. */
const SDES = { vp, subVp, ve, ou } as const;

function sdeOf({ name, ...settings }: ProcessConfig & { readonly tMin?: number }): Process {
  // The compiler cannot see that name and settings belong together.
  return (SDES[name] as (settings: object) => Process)(settings);
}
