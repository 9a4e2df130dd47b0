import { CLEAN, flow, linspace, type NoiseLevel } from "@symbreak/core";
import { ddim } from "@symbreak/samplers";
import type { Fields } from "./config.ts";
import { shifted, stretched, unshifted } from "./flow-shift.ts";
import type { Parts } from "./scheduler.ts";
import { sigmaGridOf } from "./sigma-grids.ts";
import { stepCount } from "./step-request.ts";

/**
 * FlowMatchEulerDiscreteScheduler: a velocity network on the straight path, told num_train_timesteps · sigma. Euler's step
 * x + (sigma' − sigma) v on that path is DDIM's.
 *
 * The shift is applied to sigmas between 1 and the least of training, which is itself shifted already: so diffusers has it.
 */
export function flowEulerParts(read: Fields, round: (x: number) => number): Parts {
  for (const key of ["use_dynamic_shifting", "invert_sigmas", "stochastic_sampling"])
    read.only(key, false);
  const steps = read.number("num_train_timesteps");
  const shift = read.number("shift");
  const terminal = read.optionalNumber("shift_terminal") ?? 0;
  const grid = sigmaGridOf(read, { logSigmas: new Float64Array() });
  const level = (given: number): NoiseLevel => {
    const sigma = round(given);
    return { alpha: 1 - sigma, sigma, timestep: round(steps * sigma) };
  };
  const [solver, options] = [ddim(), {}];
  return {
    process: flow({ timeScale: steps }),
    solver,
    options,
    levels(request, from) {
      const count = stepCount("FlowMatchEulerDiscreteScheduler", request);
      const top = from === undefined ? 1 : unshifted(from.sigma / (from.alpha + from.sigma), shift);
      const even = [...linspace(top, shifted(1 / steps, shift), count)];
      let sigmas = even.map((sigma) => shifted(sigma, shift));
      if (terminal !== 0) sigmas = stretched(sigmas, terminal);
      if (grid !== undefined) sigmas = grid.sigmas(count, sigmas[0]!, sigmas.at(-1)!);
      return [from ?? level(sigmas[0]!), ...sigmas.slice(1).map(level), CLEAN];
    },
    denoiserOf: (network) => ({ ...network, predicts: "flow" }),
    initNoiseSigma: () => 1,
    run: () => ({ solver, options }),
  };
}
