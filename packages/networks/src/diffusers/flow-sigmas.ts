import { CLEAN, flow, invalid, type NoiseLevel } from "@symbreak/core";
import type { Chain } from "./chain.ts";
import type { Fields } from "./config.ts";
import { shifted, stretched, unshifted } from "./flow-shift.ts";
import type { MultistepClass } from "./multistep-levels.ts";
import type { Parts } from "./scheduler.ts";
import { stepCount } from "./step-request.ts";

/**
 * `use_flow_sigmas` of the DPM-Solver family: a velocity network on the straight path x = (1 − sigma) x_0 + sigma·epsilon, told
 * ⌊num_train_timesteps · sigma⌋. The solvers need nothing else: each knows its levels by alpha and sigma alone.
 *
 * The first sigma is below 1, where log SNR is finite: 1 − 1/num_train_timesteps before the shift, for UniPC 1 − 1e-6.
 */
export function flowSigmaParts(
  kind: MultistepClass,
  read: Fields,
  chain: Chain,
): Pick<Parts, "process" | "levels" | "denoiserOf" | "initNoiseSigma"> {
  // On another path than its own, what v and epsilon mean would be a guess.
  if (!read.is("prediction_type", "flow_prediction")) read.only("use_flow_sigmas", false);
  for (const key of ["use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas"])
    read.only(key, false);
  read.only("use_lu_lambdas", false);
  const { steps: trained } = chain.schedule;
  const shift = read.number("flow_shift");
  const terminal = read.optionalNumber("shift_terminal") ?? 0;
  const level = (sigma: number, timestep: number): NoiseLevel => {
    const rounded = chain.round(sigma);
    return { alpha: chain.round(1 - rounded), sigma: rounded, timestep };
  };
  return {
    process: flow({ timeScale: trained }),
    levels(request, from) {
      const count = stepCount(kind.name, request);
      if (from?.alpha === 0)
        throw invalid(
          "levels",
          `${kind.name} with flow sigmas must start where there is signal, as its steps are in log SNR`,
          `alpha ${from.alpha}`,
        );
      const top = from && unshifted(from.sigma / (from.alpha + from.sigma), shift);
      const even = kind.flowToLeast
        ? evenDown(top ?? 1, 1 / trained, count)
        : evenUp(top === undefined ? 1 / trained : 1 - top, count);
      let sigmas = even.map((sigma) => shifted(sigma, shift));
      if (terminal !== 0) sigmas = stretched(sigmas, terminal);
      if (Math.abs(sigmas[0]! - 1) < SHY) sigmas[0]! -= SHY;
      const listed = sigmas.map((sigma) => level(sigma, Math.trunc(sigma * trained)));
      const last = kind.finalSigma(sigmas.at(-1)!);
      return [from ?? listed[0]!, ...listed.slice(1), last === 0 ? CLEAN : level(last, 0)];
    },
    denoiserOf: (network) => ({ ...network, predicts: "flow" }),
    initNoiseSigma: () => 1,
  };
}

/** How far below 1 a first sigma must be. */
const SHY = 1e-6;

/** `count` of count + 1 even points, the last left out; in NumPy's order of operations, as the timesteps are truncated. */
function evenDown(first: number, end: number, count: number): number[] {
  const step = (end - first) / count;
  return Array.from({ length: count }, (_, k) => k * step + first);
}

/** 1 − alpha for `count` even points of alpha from `least` up to 1, the last left out. */
function evenUp(least: number, count: number): number[] {
  const alphas = [...evenDown(1, least, count), least];
  return alphas
    .map((alpha) => 1 - alpha)
    .reverse()
    .slice(0, -1);
}
