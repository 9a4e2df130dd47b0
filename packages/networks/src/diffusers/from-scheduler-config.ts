import { rounding } from "@symbreak/core";
import {
  euler,
  eulerAncestral,
  heun,
  kdpm2,
  kdpm2Ancestral,
  lms,
  type Relabel,
} from "@symbreak/samplers";
import { chainOf } from "./chain.ts";
import { completed, type Fields, fields } from "./config.ts";
import { ddimInverseParts, ddimParts } from "./ddim-parts.ts";
import { ddpmParts } from "./ddpm-parts.ts";
import type { SchedulerClass } from "./defaults.ts";
import { edmDpmParts, edmEulerParts } from "./edm-parts.ts";
import { flowEulerParts } from "./flow-parts.ts";
import { deisParts, dpmMultistepParts, dpmSinglestepParts, uniPcParts } from "./multistep-parts.ts";
import { ipndmParts, pndmParts } from "./pndm-parts.ts";
import type { Parts, ReadingOptions, Scheduler } from "./scheduler.ts";
import { sigmaParts } from "./sigma-parts.ts";

/**
 * A diffusers `scheduler_config.json`, parsed, as a solver, its levels and its options.
 *
 * Keys may be snake_case or camelCase; unknown ones are kept for {@link toSchedulerConfig}. Throws a RangeError that
 * names the class, the key and the value for what is not supported.
 *
 * @example
 * const scheduler = fromSchedulerConfig(JSON.parse(await readFile("scheduler/scheduler_config.json", "utf8")));
 * const levels = scheduler.levels(20);
 * for await (const { x } of scheduler.solver.walk(denoiser, noise, levels, scheduler.options)) show(x);
 */
export function fromSchedulerConfig(
  json: Readonly<Record<string, unknown>>,
  reading: ReadingOptions = {},
): Scheduler {
  const { className, config } = completed(json);
  const parts = partsOf(className, fields(className, config), reading);
  if (reading.parity !== "diffusers") return { className, config, ...parts };
  // diffusers walks any list, also one whose sigma_min lies below its final level; `relabel` lifts our check.
  const run: Parts["run"] = (steps) => {
    const { solver, options } = parts.run(steps);
    return { solver, options: { ...options, quirks: { relabel: asListed, ...options.quirks } } };
  };
  return { className, config, ...parts, run };
}

/** Every transfer is between the levels that the list says, in whatever order. */
const asListed: Relabel = (_step, _stage, from, to) => [from, to];

function partsOf(name: SchedulerClass, read: Fields, reading: ReadingOptions): Parts {
  const { precision = "float64" } = reading;
  const parity = reading.parity === "diffusers";
  const chain = () => chainOf(read, precision);
  switch (name) {
    case "DDPMScheduler":
    case "DDPMParallelScheduler":
      return ddpmParts(read, chain(), parity);
    case "DDIMScheduler":
    case "DDIMParallelScheduler":
      return ddimParts(read, chain(), parity);
    case "DDIMInverseScheduler":
      return ddimInverseParts(read, chain(), parity);
    case "PNDMScheduler":
      return pndmParts(read, chain(), parity);
    case "IPNDMScheduler":
      return ipndmParts(read, rounding(precision), parity);
    case "EulerDiscreteScheduler":
      return sigmaParts({ name, solver: euler(), takes: ["timesteps", "sigmas"] }, read, chain());
    case "EulerAncestralDiscreteScheduler":
      return sigmaParts({ name, solver: eulerAncestral() }, read, chain());
    case "HeunDiscreteScheduler":
      return sigmaParts({ name, solver: heun(), takes: ["timesteps"] }, read, chain());
    case "LMSDiscreteScheduler":
      return sigmaParts({ name, solver: lms() }, read, chain());
    case "KDPM2DiscreteScheduler":
      return sigmaParts({ name, solver: kdpm2(), roundsKarras: true }, read, chain());
    case "KDPM2AncestralDiscreteScheduler":
      return sigmaParts({ name, solver: kdpm2Ancestral(), roundsKarras: true }, read, chain());
    case "EDMEulerScheduler":
      return edmEulerParts(read, precision);
    case "EDMDPMSolverMultistepScheduler":
      return edmDpmParts(read, precision, parity);
    case "DPMSolverMultistepScheduler":
      return dpmMultistepParts(read, chain(), parity);
    case "DPMSolverSinglestepScheduler":
      return dpmSinglestepParts(read, chain(), parity);
    case "DEISMultistepScheduler":
      return deisParts(read, chain(), parity);
    case "UniPCMultistepScheduler":
      return uniPcParts(read, chain());
    case "FlowMatchEulerDiscreteScheduler":
      return flowEulerParts(read, rounding(precision));
  }
}
