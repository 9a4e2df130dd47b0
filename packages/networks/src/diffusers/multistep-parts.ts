import { invalid } from "@symbreak/core";
import { deis, dpmMultistep, dpmSinglestep, singlestepOrders, uniPc } from "@symbreak/samplers";
import { type Chain, predictionOf } from "./chain.ts";
import type { Fields } from "./config.ts";
import { dpmSettings, lowerOrderOf } from "./dpm-settings.ts";
import { flowSigmaParts } from "./flow-sigmas.ts";
import { type MultistepClass, multistepLevels } from "./multistep-levels.ts";
import type { Parts, StepRequest } from "./scheduler.ts";
import { thresholdOf } from "./threshold-of.ts";

/** What the four classes share. */
function common(
  kind: MultistepClass,
  read: Fields,
  chain: Chain,
): Pick<Parts, "process" | "levels" | "denoiserOf" | "initNoiseSigma"> {
  read.only("use_dynamic_shifting", false);
  if (read.boolean("use_flow_sigmas")) return flowSigmaParts(kind, read, chain);
  read.only("shift_terminal");
  const predicts = predictionOf(read);
  return {
    process: chain.schedule,
    levels: (steps, from) => multistepLevels(kind, read, chain, steps, from),
    denoiserOf: (network) => ({ ...network, predicts }),
    initNoiseSigma: () => 1,
  };
}

/** `final_sigmas_type`: clean data, or the chain's first level. */
function zeroOrFirst(read: Fields, chain: Chain): number {
  return read.choice("final_sigmas_type", ["zero", "sigma_min"]) === "zero" ? 0 : chain.sigma(0);
}

/**
 * DPMSolverMultistepScheduler. Quirk under parity: the flaws of the third-order term. The rule
 * that fewer than 15 steps end at low order counts the steps of the whole run.
 */
export function dpmMultistepParts(read: Fields, chain: Chain, parity: boolean): Parts {
  const kind: MultistepClass = {
    name: "DPMSolverMultistepScheduler",
    takesTimesteps: true,
    roundsTimesteps: (grid) =>
      (grid === "karras" || grid === "lu") && !read.is("beta_schedule", "squaredcos_cap_v2"),
    finalSigma: () => zeroOrFirst(read, chain),
  };
  const settings = dpmSettings(read, [
    "dpmsolver++",
    "dpmsolver",
    "sde-dpmsolver++",
    "sde-dpmsolver",
  ]);
  needsNoisyEnd(kind.name, read, settings.algorithm);
  const [solver, options] = [dpmMultistep(settings), thresholdOf(read)];
  const parts = common(kind, read, chain);
  const flawed = (steps: StepRequest) => ({
    solver: dpmMultistep({ ...settings, ...lowerOrderOf(read, parts.levels(steps)) }),
    options: { ...options, quirks: { flawedThirdOrder: true } },
  });
  return { ...parts, solver, options, run: parity ? flawed : () => ({ solver, options }) };
}

/** DPMSolverSinglestepScheduler. Its rules for the orders depend on the number of steps of the whole run. */
export function dpmSinglestepParts(read: Fields, chain: Chain, parity: boolean): Parts {
  const kind: MultistepClass = {
    name: "DPMSolverSinglestepScheduler",
    takesTimesteps: true,
    roundsTimesteps: (grid) => grid === "karras",
    finalSigma: () => zeroOrFirst(read, chain),
  };
  const settings = dpmSettings(read, ["dpmsolver++", "dpmsolver", "sde-dpmsolver++"]);
  needsNoisyEnd(kind.name, read, settings.algorithm);
  const { order, algorithm, solverType = "midpoint" } = settings;
  const lowerOrderFinal = read.boolean("lower_order_final");
  const own = { order, algorithm, solverType, lowerOrderFinal };
  const [solver, options] = [dpmSinglestep(own), thresholdOf(read)];
  const parts = common(kind, read, chain);
  const flawed = (steps: StepRequest) => ({
    solver: dpmSinglestep({
      ...own,
      orders: singlestepOrders(order, parts.levels(steps), lowerOrderFinal),
    }),
    options: { ...options, quirks: { flawedThirdOrder: true } },
  });
  return { ...parts, solver, options, run: parity ? flawed : () => ({ solver, options }) };
}

/** DEISMultistepScheduler: ends at the chain's first level, or with a grid of sigmas where that ends. */
export function deisParts(read: Fields, chain: Chain, parity: boolean): Parts {
  const kind: MultistepClass = {
    name: "DEISMultistepScheduler",
    takesTimesteps: false,
    roundsTimesteps: (grid) => grid === "karras",
    finalSigma: (gridEnd) => gridEnd ?? chain.sigma(0),
  };
  read.choice("algorithm_type", ["deis", "dpmsolver", "dpmsolver++"]);
  read.choice("solver_type", ["logrho", "midpoint", "heun", "bh1", "bh2"]);
  const order = read.number("solver_order");
  const last = read.boolean("lower_order_final") ? {} : { lowerOrderFinal: false };
  const [solver, options] = [deis({ order, ...last }), thresholdOf(read)];
  const parts = common(kind, read, chain);
  const asDiffusers = (steps: StepRequest) => ({
    solver: deis({ order, ...lowerOrderOf(read, parts.levels(steps)) }),
    options,
  });
  return { ...parts, solver, options, run: parity ? asDiffusers : () => ({ solver, options }) };
}

/** UniPCMultistepScheduler. */
export function uniPcParts(read: Fields, chain: Chain): Parts {
  const kind: MultistepClass = {
    name: "UniPCMultistepScheduler",
    takesTimesteps: false,
    flowToLeast: true,
    roundsTimesteps: (grid) => grid === "karras",
    finalSigma: (gridEnd) => (zeroOrFirst(read, chain) === 0 ? 0 : (gridEnd ?? chain.sigma(0))),
  };
  read.only("solver_p");
  const type = read.choice("solver_type", ["bh2", "bh1", "midpoint", "heun", "logrho"]);
  const predictX0 = read.boolean("predict_x0");
  if (!predictX0) needsNoFlow(kind.name, read, "predict_x0 false");
  const options = predictX0 ? thresholdOf(read) : {};
  const solver = uniPc({
    order: read.number("solver_order"),
    solverType: type === "bh1" ? "bh1" : "bh2",
    predictX0,
    lowerOrderFinal: read.boolean("lower_order_final"),
    uncorrected: read.numbers("disable_corrector") ?? [],
  });
  return { ...common(kind, read, chain), solver, options, run: () => ({ solver, options }) };
}

/** diffusers reads velocities as x0 alone. */
function needsNoFlow(name: string, read: Fields, setting: string): void {
  if (read.is("prediction_type", "flow_prediction"))
    throw invalid(
      "fromSchedulerConfig",
      `${name}: prediction_type must be another with ${setting}, which works with epsilon`,
      "flow_prediction",
    );
}

/** A step with epsilon cannot end at clean data. */
function needsNoisyEnd(name: string, read: Fields, algorithm: string): void {
  if (!algorithm.endsWith("++")) needsNoFlow(name, read, `algorithm_type "${algorithm}"`);
  if (!algorithm.endsWith("++") && read.is("final_sigmas_type", "zero"))
    throw invalid(
      "fromSchedulerConfig",
      `${name}: final_sigmas_type must be "sigma_min" for algorithm_type "${algorithm}"`,
      "zero",
    );
}
