import { CLEAN, discreteSchedule, levelAt, type NoiseLevel } from "@symbreak/core";
import { fromSchedulerConfig } from "../../../networks/src/diffusers/index.ts";
import { posterior } from "../../src/index.ts";

/** A check by name: its complaints, none if it passes. */
export type Check = (expected: unknown, tolerance: number) => string[];

const ddpm = (config = {}) =>
  fromSchedulerConfig({ _class_name: "DDPMScheduler", ...config }, { parity: "diffusers" });
const at = (t: number): NoiseLevel => (t < 0 ? CLEAN : levelAt(discreteSchedule(), t));

function variances(expected: unknown, tolerance: number): string[] {
  return (expected as { t: number; prev?: number; v: number }[]).flatMap(
    ({ t, prev = t - 1, v }) => {
      const { small } = posterior(at(t), at(prev));
      return Math.abs(small - v) <= tolerance
        ? []
        : [`variance at ${t} is ${small}, expected ${v}`];
    },
  );
}

/** The timesteps of n steps with steps_offset 1. */
function listed(className: string, steps: number, expected: unknown): string[] {
  const scheduler = fromSchedulerConfig(
    { _class_name: className, steps_offset: 1 },
    { parity: "diffusers" },
  );
  const told = scheduler
    .levels(steps)
    .slice(0, steps)
    .map((level) => level.timestep);
  return same(told, expected);
}

function same(ours: readonly number[], expected: unknown): string[] {
  const wanted = JSON.stringify(expected);
  return JSON.stringify(ours) === wanted ? [] : [`got ${JSON.stringify(ours)}, expected ${wanted}`];
}

function throws(what: string, call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (error instanceof RangeError) return [];
  }
  return [`no error: ${what}`];
}

/** The scalar checks of the file that speak of anything in our API. */
export const SCALAR_CHECKS: Readonly<Record<string, Check>> = {
  DDPM_get_variance: variances,
  DDIM_get_variance: (expected, tolerance) =>
    // diffusers' own entry for t = 0 has itself as its predecessor.
    variances(expected, tolerance),
  DDIM_timesteps_offset1_n5: (expected) => listed("DDIMScheduler", 5, expected),
  DDIMInverse_timesteps_offset1_n5: (expected) => listed("DDIMInverseScheduler", 5, expected),
  DDPM_custom_timesteps_prev: (expected) => {
    const previous = expected as Record<string, number>;
    const timesteps = Object.keys(previous)
      .map(Number)
      .sort((a, b) => b - a);
    const walk = ddpm().levels({ timesteps });
    return timesteps.flatMap((t, i) => same([walk[i + 1]!.timestep], [previous[String(t)]]));
  },
  DDPM_custom_timesteps_errors: () => [
    ...throws("not strictly descending", () => ddpm().levels({ timesteps: [100, 87, 87, 1] })),
    ...throws("timesteps[0] >= num_train_timesteps", () => ddpm().levels({ timesteps: [1000, 1] })),
  ],
  PNDM_n3_prk_error: () =>
    throws("PNDM at n = 3 under parity", () =>
      fromSchedulerConfig({ _class_name: "PNDMScheduler" }, { parity: "diffusers" }).run(3),
    ),
};
