import { exponentialSigmas, karrasSigmas, linspace } from "@symbreak/core";
import { betaQuantile } from "./beta-quantile.ts";
import type { Chain } from "./chain.ts";
import type { Fields } from "./config.ts";

/** A grid of sigmas that a config asks for instead of spaced timesteps. */
export interface SigmaGrid {
  readonly name: "karras" | "exponential" | "beta" | "lu";
  /** `count` descending sigmas between the ends that the scheduler starts from. */
  sigmas(count: number, first: number, last: number): number[];
}

const FLAGS = {
  use_karras_sigmas: "karras",
  use_exponential_sigmas: "exponential",
  use_beta_sigmas: "beta",
  use_lu_lambdas: "lu",
} as const;

/** The grid of a config, if it names one; its sigma_min and sigma_max take precedence over the scheduler's ends. */
export function sigmaGridOf(
  read: Fields,
  { logSigmas }: Pick<Chain, "logSigmas">,
): SigmaGrid | undefined {
  const flags = (Object.keys(FLAGS) as (keyof typeof FLAGS)[]).filter((flag) => read.boolean(flag));
  if (flags.length > 1) read.only(flags[1]!, false);
  const name = flags[0] && FLAGS[flags[0]];
  if (name === undefined) return undefined;
  return {
    name,
    sigmas(count, first, last) {
      const sigmaMax = read.optionalNumber("sigma_max") ?? first;
      const sigmaMin = read.optionalNumber("sigma_min") ?? last;
      if (sigmaMax === sigmaMin) return Array(count).fill(sigmaMax);
      if (name === "karras") return [...karrasSigmas(count, { sigmaMin, sigmaMax })];
      if (name === "exponential") return [...exponentialSigmas(count, { sigmaMin, sigmaMax })];
      // Lu et al. 2022 space log SNR evenly over the whole chain.
      if (name === "lu")
        return [...linspace(logSigmas.at(-1)!, logSigmas[0]!, count).map(Math.exp)];
      return Array.from({ length: count }, (_, k) => {
        const u = count === 1 ? 1 : 1 - k / (count - 1);
        return sigmaMin + betaQuantile(u, 0.6) * (sigmaMax - sigmaMin);
      });
    },
  };
}

/**
 * The timestep of a sigma in the chain, linear in its logarithm between neighbours, held to the chain's ends.
 *
 * As diffusers searches: from the last level below the sigma, which matters where zero terminal SNR with its replaced
 * last alphaBar is not monotonic.
 */
export function timestepIn({ logSigmas }: Chain, sigma: number): number {
  const log = Math.log(Math.max(sigma, 1e-10));
  const last = logSigmas.findLastIndex((other) => log >= other);
  const low = Math.min(Math.max(last, 0), logSigmas.length - 2);
  const weight = (logSigmas[low]! - log) / (logSigmas[low]! - logSigmas[low + 1]!);
  return low + Math.min(1, Math.max(0, weight));
}
