import { CLEAN, type NoiseLevel, roundHalfEven, timesteps } from "@symbreak/core";
import { type Chain, chosenTimesteps, lateLevels } from "./chain.ts";
import type { Fields } from "./config.ts";
import type { StepRequest } from "./scheduler.ts";
import { type SigmaGrid, sigmaGridOf, timestepIn } from "./sigma-grids.ts";
import { refuseSigmas, stepCount } from "./step-request.ts";

/** Where the classes of the DPM-Solver family differ in laying out their levels. */
export interface MultistepClass {
  readonly name: string;
  readonly takesTimesteps: boolean;
  /** Whether the timesteps of a grid of sigmas are rounded before they are truncated to integers. */
  roundsTimesteps(grid: SigmaGrid["name"]): boolean;
  /** Even flow sigmas go down to the least of training, as UniPC's, instead of to 0. */
  readonly flowToLeast?: boolean;
  /** The last sigma/alpha, or of flow sigmas the last sigma, given the grid's last where there is a grid. */
  finalSigma(gridEnd: number | undefined): number;
}

/**
 * The levels of DPMSolverMultistep, DPMSolverSinglestep, DEIS and UniPC: integer timesteps of n + 1 points less the
 * last, or a grid of sigmas over the whole chain; sigmas above `lambda_min_clipped` are left out.
 */
export function multistepLevels(
  kind: MultistepClass,
  read: Fields,
  chain: Chain,
  request: StepRequest,
  from?: NoiseLevel,
): NoiseLevel[] {
  const grid = sigmaGridOf(read, chain);
  const ended = (list: NoiseLevel[], sigma: number) => [
    ...list,
    sigma === 0 ? CLEAN : chain.level(sigma, 0),
  ];
  if (from) return lateLevels(chain, request, from, ended([], kind.finalSigma(undefined))[0]!);
  if (grid && (typeof request === "number" || !kind.takesTimesteps)) {
    const steps = stepCount(kind.name, request);
    const sigmas = grid.sigmas(steps, chain.sigma(chain.schedule.steps - 1), chain.sigma(0));
    const listed = sigmas.map((sigma) => {
      const t = timestepIn(chain, sigma);
      const whole = kind.roundsTimesteps(grid.name) ? roundHalfEven(t) : Math.trunc(t);
      return chain.level(sigma, whole);
    });
    return ended(listed, kind.finalSigma(sigmas.at(-1)!));
  }
  const list =
    kind.takesTimesteps && typeof request !== "number"
      ? chosenTimesteps(refuseSigmas(kind.name, request), chain)
      : spaced(read, chain, stepCount(kind.name, request));
  if (grid && typeof request !== "number") read.only(`use_${grid.name}_sigmas`, false);
  const listed = list.map((t) => chain.level(chain.sigma(t), t));
  return ended(listed, kind.finalSigma(undefined));
}

function spaced(read: Fields, chain: Chain, count: number): number[] {
  const { steps } = chain.schedule;
  const last = steps - clipped(read, chain);
  const spacing = read.choice("timestep_spacing", ["linspace", "leading", "trailing"], "linspace");
  if (spacing === "trailing") {
    const stride = steps / count;
    const length = Math.ceil(last / stride - 1e-9);
    return Array.from({ length }, (_, k) => roundHalfEven(last - k * stride) - 1);
  }
  const offset = read.optionalNumber("steps_offset") ?? 0;
  return timesteps(spacing, count, { steps: last, offset, family: "multistep" });
}

/** How many of the noisiest levels have λ = −ln sigma below `lambda_min_clipped`. */
function clipped(read: Fields, chain: Chain): number {
  const bound = read.optionalNumber("lambda_min_clipped") ?? Number.NEGATIVE_INFINITY;
  const { steps } = chain.schedule;
  let count = 0;
  while (count < steps && -Math.log(chain.sigma(steps - 1 - count)) < bound) count++;
  return count;
}
