import type { Grid } from "@symbreak/core";
import type { NetworkDefaults, Solver } from "@symbreak/samplers";
import type { SchedulerConfig } from "./config.ts";
import { fromSchedulerConfig } from "./from-scheduler-config.ts";

/**
 * How a pipeline of diffusers is sampled when nothing else is asked for: as diffusers does it, its scheduler's own levels and
 * departures from the papers included. Solver and grid are called "diffusers", and the config is their settings.
 */
export function pipelineDefaults(config: SchedulerConfig): NetworkDefaults {
  const scheduler = fromSchedulerConfig(config, { parity: "diffusers" });
  const settings = { scheduler: config };
  const solver: Solver = {
    name: "diffusers",
    settings,
    stochastic: scheduler.solver.stochastic,
    calls: (steps) => scheduler.run(steps).solver.calls(steps),
    walk(denoiser, x, levels, options = {}) {
      // A late start has fewer levels than the scheduler would lay, and its departures are none of the run's.
      const own = scheduler.run(levels.length - 1);
      const { threshold: _, ...particulars } = own.options;
      return own.solver.walk(denoiser, x, levels, { ...options, ...particulars });
    },
  };
  const grid: Grid = {
    name: "diffusers",
    settings,
    levels: (_process, steps, from) => scheduler.levels(steps as number, from),
  };
  return { solver, grid, threshold: scheduler.options.threshold };
}
