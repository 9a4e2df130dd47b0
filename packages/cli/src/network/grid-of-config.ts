import { type Grid, leading, linspaced, trailing } from "@symbreak/core";

/** The grid that a scheduler config says its makers sample on. */
export function gridOfConfig(config: Readonly<Record<string, unknown>>): Grid {
  if (config.timestep_spacing === "trailing") return trailing();
  if (config.timestep_spacing === "linspace") return linspaced();
  const offset = Number(config.steps_offset ?? 0);
  return leading(offset === 0 ? {} : { offset });
}
