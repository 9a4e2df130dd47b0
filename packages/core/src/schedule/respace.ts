import { invalid } from "../invalid.ts";
import { chainOfBetas, type DiscreteSchedule } from "./discrete-schedule.ts";
import { rounding } from "./linspace.ts";
import { roundHalfEven } from "./timesteps.ts";

/**
 * The timesteps that improved DDPM keeps (Nichol & Dhariwal 2021, `space_timesteps`), descending.
 *
 * `sections` is a count; counts per equal section of the chain, cleanest first (`[10, 15, 20]` or `"10,15,20"`); or
 * `"ddimN"`, the smallest integer stride that gives exactly N. Each section keeps its first and last timestep.
 */
export function respacedTimesteps(
  steps: number,
  sections: number | readonly number[] | string,
): number[] {
  if (typeof sections === "string" && sections.startsWith("ddim"))
    return strided(steps, Number(sections.slice(4)));
  const counts = typeof sections === "string" ? sections.split(",").map(Number) : [sections].flat();
  const size = Math.floor(steps / counts.length);
  const longer = steps % counts.length;
  const kept: number[] = [];
  let start = 0;
  counts.forEach((count, i) => {
    const length = size + (i < longer ? 1 : 0);
    if (!Number.isInteger(count) || count < 1 || count > length)
      throw invalid("respacedTimesteps", `each section must keep 1 to ${length} steps`, sections);
    const stride = count === 1 ? 1 : (length - 1) / (count - 1);
    // Accumulated, not multiplied: the rounding of improved-diffusion, half to even, tie for tie.
    for (let k = 0, at = 0; k < count; k++, at += stride) kept.push(start + roundHalfEven(at));
    start += length;
  });
  return kept.reverse();
}

function strided(steps: number, count: number): number[] {
  for (let stride = 1; stride < steps && Number.isInteger(count) && count > 0; stride++)
    if (Math.ceil(steps / stride) === count)
      return Array.from({ length: count }, (_, k) => (count - 1 - k) * stride);
  throw invalid(
    "respacedTimesteps",
    `ddimN must have an integer stride over ${steps} steps`,
    count,
  );
}

/**
 * The shorter chain over descending `timesteps` of a schedule: the same alphaBars there, and
 * beta_k = 1 − alphaBar_k/alphaBar_{k−1}. Its step k stands for timestep `timesteps[timesteps.length − 1 − k]`.
 */
export function respace(
  schedule: DiscreteSchedule,
  timesteps: readonly number[],
): DiscreteSchedule {
  if (!Array.isArray(timesteps) || !timesteps.every(Number.isInteger))
    throw invalid("respace", "timesteps must be a list of integers", timesteps);
  const round = rounding(schedule.precision);
  const alphaBars = Float64Array.from(timesteps.toReversed(), (t) => schedule.alphaBars[t] ?? NaN);
  const betas = alphaBars.map((alphaBar, k) =>
    round(1 - alphaBar / (k > 0 ? alphaBars[k - 1]! : 1)),
  );
  if (betas.length === 0 || !betas.every((beta) => beta > 0))
    throw invalid("respace", "timesteps must descend within the schedule", timesteps);
  return chainOfBetas(betas, alphaBars, schedule.precision, {
    ...schedule.spec,
    timesteps: [...timesteps],
  });
}
