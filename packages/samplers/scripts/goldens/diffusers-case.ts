import {
  CLEAN,
  type NoiseLevel,
  noiseToSignal,
  type Precision,
  type Samples,
} from "@symbreak/core";
import {
  type BareNetwork,
  fromSchedulerConfig,
  type Scheduler,
  type StepRequest,
  type Walked,
} from "../../../networks/src/diffusers/index.ts";
import {
  combine,
  type DdimOptions,
  type Denoiser,
  type DpmSinglestepOptions,
  type EulerOptions,
  type LmsOptions,
  type Quirks,
  type Relabel,
  solverOf,
  type UniPcOptions,
} from "../../src/index.ts";
import type { Outcome } from "./compare.ts";
import { dummyModel, dummyNoise, dummySample, recorded } from "./dummies.ts";
import type { DiffusersCase } from "./golden-file.ts";
import { staleNetwork } from "./stale-network.ts";
import { torchBetas } from "./torch-betas.ts";

/** Classes that carry x in sigma space and scale the network's input themselves. */
const SIGMA_SPACE = /^(Euler|Heun|LMS|KDPM2|EDM)/;
/** Those that list two timesteps a step. */
const SECOND_ORDER = /^(Heun|KDPM2)/;
const PROCEDURES = [
  "loop",
  "loop_scaled",
  "loop_scaled_edmlike",
  "ddpm_all_t",
  "pndm_prk_plms",
  "ipndm_twice",
];

/** Runs a case of the file through the public API. */
export async function runDiffusersCase(
  golden: DiffusersCase,
  precision: Precision,
): Promise<Outcome> {
  const { scheduler: className, procedure, t_start } = golden;
  if (!PROCEDURES.includes(procedure)) throw new Error(`unknown procedure "${procedure}"`);
  const scheduler = schedulerOf(golden, precision);
  const request = requestOf(golden, scheduler);
  const all = scheduler.levels(request);
  const walk = walkOf(golden, scheduler, all);
  const { solver, options } = walked(golden, scheduler, request, walk);
  const shape = golden.shape ?? [4, 3, 8, 8];
  const network = recorded(dummyModel(), shape.slice(1));
  const start = startOf(golden, scheduler, all, walk[0]!, shape);
  const churn = (solver.settings as EulerOptions).churn?.amount ?? 0;
  const scale = (level: NoiseLevel) => networkScale(golden, scheduler, level);
  const stale = churn > 0 ? staleNetwork(scheduler, network, walk, start, scale) : undefined;
  const denoiser = stale?.denoiser ?? scheduler.denoiserOf(unscaled(golden, scheduler, network));

  let x: Samples = start;
  for await (const step of solver.walk(denoiser, start, walk, options)) {
    x = step.x;
    stale?.advance(x);
  }
  const end = SIGMA_SPACE.test(className) ? combine([1 / walk.at(-1)!.alpha, x]) : x;
  const sigmas = all.map(noiseToSignal);
  return {
    x: procedure === "loop_scaled" ? x : end,
    calls: network.told.length,
    ...(t_start ? {} : { timesteps: once(golden, network.told) }),
    sigmas: listed(golden, sigmas),
    initNoiseSigma: scheduler.initNoiseSigma(all),
  };
}

function schedulerOf({ scheduler, config }: DiffusersCase, precision: Precision): Scheduler {
  const json = { _class_name: scheduler, ...config };
  const reading = { precision, parity: "diffusers" } as const;
  const read = fromSchedulerConfig(json, reading);
  const known = fromSchedulerConfig({ _class_name: scheduler }).config;
  const unknown = Object.keys(config).find((key) => !(key in known));
  if (unknown !== undefined) throw new Error(`unknown config key ${unknown}`);
  const betas = precision === "float32" ? torchBetas(read.config) : undefined;
  return betas ? fromSchedulerConfig({ trained_betas: betas, ...json }, reading) : read;
}

function requestOf(golden: DiffusersCase, scheduler: Scheduler): StepRequest {
  const { num_inference_steps: steps, timesteps, sigmas } = golden;
  const given = [steps, timesteps, sigmas].filter((value) => value !== undefined && value !== null);
  if (given.length > 1) throw new Error("only one of num_inference_steps, timesteps, sigmas");
  if (timesteps) return { timesteps };
  if (sigmas) return { sigmas };
  if (steps) return steps;
  // Without set_timesteps diffusers walks the whole chain.
  const chain = scheduler.config.num_train_timesteps as number;
  return { timesteps: Array.from({ length: chain }, (_, i) => chain - 1 - i) };
}

/** The levels that are walked: all of them, or from t_start on; in sigma space where upstream's loop stays there. */
function walkOf(golden: DiffusersCase, scheduler: Scheduler, all: NoiseLevel[]): NoiseLevel[] {
  const { procedure, t_start, scheduler: className } = golden;
  if (t_start && /^(PNDM|LMS)/.test(className))
    throw new Error(`${className} with t_start mixes up its history; not reproduced`);
  if (procedure === "ipndm_twice") return [...all.slice(0, -1), ...all];
  const walk = all.slice(t_start ?? 0);
  return staysInSigmaSpace(golden, scheduler) ? walk.map(exploding) : walk;
}

/** In "loop" and "loop_scaled" the network sees the very x that `step` gets: alpha = 1 expresses that. */
function staysInSigmaSpace(golden: DiffusersCase, scheduler: Scheduler): boolean {
  return SIGMA_SPACE.test(scheduler.className) && /^loop(_scaled)?$/.test(golden.procedure);
}

function exploding(level: NoiseLevel): NoiseLevel {
  return { alpha: 1, sigma: noiseToSignal(level), timestep: level.timestep };
}

/** diffusers' input scale c_in at a ratio sigma/alpha. */
function inputScale(scheduler: Scheduler, sigma: number): number {
  return 1 / Math.hypot(sigma, (scheduler.config.sigma_data as number | undefined) ?? 1);
}

/** The solver and the options of the walk: the scheduler's own, for the steps that are walked and with upstream's arguments. */
function walked(
  golden: DiffusersCase,
  scheduler: Scheduler,
  request: StepRequest,
  walk: readonly NoiseLevel[],
): Walked {
  const from = golden.t_start ?? 0;
  const { solver, options } = scheduler.run(request);
  const { orders } = solver.settings as DpmSinglestepOptions;
  const { uncorrected } = solver.settings as UniPcOptions;
  const { quirks } = options;
  const inSigmaSpace = staysInSigmaSpace(golden, scheduler);
  const steps = walk.length - 1;
  const changes = {
    ...(orders ? { orders: orders.slice(from) } : {}),
    ...(uncorrected ? { uncorrected: uncorrected.map((i) => i - from) } : {}),
    ...stepSettings(golden, steps, steps + from + (unreached(golden) ? 1 : 0)),
  };
  const noise = dummyNoise(golden.noise);
  return {
    solver:
      Object.keys(changes).length === 0
        ? solver
        : solverOf({ name: solver.name, settings: { ...solver.settings, ...changes } }),
    options: {
      ...options,
      ...(noise ? { noise } : {}),
      ...(inSigmaSpace && options.table ? { table: options.table.map(exploding) } : {}),
      quirks: {
        ...quirks,
        ...(quirks?.betas ? { betas: quirks.betas.slice(from) } : {}),
        ...(golden.procedure === "loop_scaled" && inSigmaSpace
          ? { relabel: scaledLanding(scheduler, walk) }
          : {}),
        ...(golden.procedure === "ipndm_twice"
          ? { relabel: twice(quirks!.relabel!, walk.length >> 1) }
          : {}),
        ...stepQuirks(golden),
      },
    },
  };
}

/** What upstream passes to each `step`, as settings of the solver. */
function stepSettings(golden: DiffusersCase, steps: number, whole: number): object {
  const {
    eta,
    use_clipped_model_output: _quirk,
    order,
    s_churn,
    s_tmin,
    s_tmax,
    s_noise,
    ...rest
  } = golden.step_kwargs ?? {};
  if (Object.keys(rest).length > 0)
    throw new Error(`unknown step_kwargs ${Object.keys(rest).join(", ")}`);
  const ddim: DdimOptions = eta === undefined ? {} : { eta: eta as number };
  const lms: LmsOptions = order === undefined ? {} : { order: order as number };
  const churn = {
    // The amount is spread over the steps of the whole run.
    amount: (((s_churn as number) ?? 0) * steps) / whole,
    ...(s_tmin === undefined ? {} : { min: s_tmin as number }),
    ...(s_tmax === undefined ? {} : { max: s_tmax as number }),
    ...(s_noise === undefined ? {} : { noise: s_noise as number }),
  };
  return { ...ddim, ...lms, ...(s_churn === undefined ? {} : { churn }) };
}

/** What upstream passes to each `step` that here is a quirk less. */
function stepQuirks({ step_kwargs }: DiffusersCase): Quirks {
  return step_kwargs?.use_clipped_model_output ? { keepEpsilon: false } : {};
}

/** Upstream's tests put the scaled input in x's place: each transfer lands scaled, unless nothing is called there. */
function scaledLanding(scheduler: Scheduler, walk: readonly NoiseLevel[]): Relabel {
  return (_step, _stage, from, to) => {
    if (to === walk.at(-1)) return [from, to];
    const alpha = inputScale(scheduler, noiseToSignal(to));
    return [from, { alpha, sigma: alpha * noiseToSignal(to), timestep: to.timestep }];
  };
}

/** The second run over the timesteps begins where the first one ended, under another label. */
function twice(relabel: Relabel, steps: number): Relabel {
  return (step, stage, from, to) =>
    relabel(step, stage, from, step === steps - 1 ? { ...CLEAN, timestep: 0 } : to);
}

function startOf(
  golden: DiffusersCase,
  scheduler: Scheduler,
  all: readonly NoiseLevel[],
  first: NoiseLevel,
  shape: readonly number[],
): Samples {
  const scale = (golden.init_mult ?? 1) * (golden.scale_init ? scheduler.initNoiseSigma(all) : 1);
  const base = dummySample(shape).map((value) => value * scale);
  const inSigmaSpace = SIGMA_SPACE.test(scheduler.className);
  const scaled =
    golden.procedure === "loop_scaled" && inSigmaSpace
      ? inputScale(scheduler, noiseToSignal(first))
      : 1;
  if (golden.t_start === undefined || golden.t_start === null || golden.start === "raw")
    return combine([(inSigmaSpace ? first.alpha : 1) * scaled, base]);
  const noise = dummySample(shape, true);
  return combine([first.alpha * scaled, base], [first.sigma * scaled, noise]);
}

/** EDM's levels explode; its network wants x scaled, where the loop does not forget it or has done it. */
function networkScale(golden: DiffusersCase, scheduler: Scheduler, level: NoiseLevel): number {
  const scales = scheduler.className.startsWith("EDM") && !staysInSigmaSpace(golden, scheduler);
  return scales ? inputScale(scheduler, noiseToSignal(level)) : 1;
}

/** EDM's network without c_in, for the loops that forget to scale. */
function unscaled(golden: DiffusersCase, scheduler: Scheduler, network: BareNetwork): BareNetwork {
  if (!scheduler.className.startsWith("EDM") || !staysInSigmaSpace(golden, scheduler))
    return network;
  const predict: Denoiser["predict"] = (x, level) =>
    network.predict(combine([1 / inputScale(scheduler, noiseToSignal(level)), x]), level);
  return { ...network, predict };
}

/** The timesteps told in one run over the list. */
function once(golden: DiffusersCase, told: readonly number[]): readonly number[] {
  return golden.procedure === "ipndm_twice" ? told.slice(0, told.length / 2) : told;
}

/** The list that the class keeps: Heun has s0, s1, s1, s2, s2, …, 0; KDPM2 the final zero three times. */
function listed(golden: DiffusersCase, sigmas: readonly number[]): readonly number[] {
  const { scheduler } = golden;
  const end = sigmas.at(-1)!;
  if (SECOND_ORDER.test(scheduler)) {
    const twice = sigmas.slice(1, -1).flatMap((sigma) => [sigma, sigma]);
    return [sigmas[0]!, ...twice, ...(scheduler.startsWith("KDPM2") ? [end, end, end] : [end])];
  }
  const last = golden.config.final_sigmas_type === "sigma_min" ? end : 0;
  return unreached(golden) ? [...sigmas, last] : sigmas;
}

/** Euler's "log_linear" appends a final sigma that it never reaches, but counts. */
function unreached({ config }: DiffusersCase): boolean {
  const grid = config.use_karras_sigmas || config.use_exponential_sigmas || config.use_beta_sigmas;
  const named = config.timestep_type === "continuous" && config.prediction_type === "v_prediction";
  return config.interpolation_type === "log_linear" && !grid && !named;
}
