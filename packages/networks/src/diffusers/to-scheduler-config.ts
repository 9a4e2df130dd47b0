import { completed, type SchedulerConfig } from "./config.ts";
import type { Scheduler } from "./scheduler.ts";

/**
 * The `scheduler_config.json` of a scheduler, or of settings for one: snake_case, every key of the class, unknown keys
 * kept, ready for `JSON.stringify` and diffusers' `from_pretrained`.
 *
 * An infinite `lambda_min_clipped`, which JSON cannot hold and which is the default, is left out.
 *
 * @example
 * toSchedulerConfig({ className: "DDPMScheduler", betaSchedule: "squaredcos_cap_v2" });
 */
export function toSchedulerConfig(
  scheduler: Pick<Scheduler, "className" | "config"> | Readonly<Record<string, unknown>>,
): SchedulerConfig {
  const settings =
    "config" in scheduler
      ? { className: scheduler.className, ...(scheduler.config as SchedulerConfig) }
      : scheduler;
  const { className, config } = completed(settings);
  const finite = Object.entries(config).filter(
    ([key, value]) => key !== "lambda_min_clipped" || Number.isFinite(value),
  );
  return { _class_name: className, ...Object.fromEntries(finite) };
}
