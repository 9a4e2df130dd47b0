export * from "./adapters/index.ts";
export * from "./condition.ts";
export * from "./denoiser.ts";
export * from "./exact/index.ts";
export * from "./guidance/index.ts";
export * from "./likelihood/index.ts";
export type * from "./network.ts";
export type { Quirks, Relabel } from "./quirks.ts";
export {
  counting,
  plan,
  type Run,
  SAMPLE_OPTIONS,
  type SampleOptions,
  type SampleStep,
  walk,
  walkOptions,
} from "./run.ts";
export * from "./run-of.ts";
export * from "./sample.ts";
export * from "./sde/index.ts";
export type * from "./solver.ts";
export * from "./solvers/index.ts";
export * from "./solvers.ts";
export * from "./start/index.ts";
export * from "./thresholding.ts";
