export type { SchedulerConfig } from "./config.ts";
export type { SchedulerClass } from "./defaults.ts";
export * from "./from-scheduler-config.ts";
export * from "./pipeline-defaults.ts";
export * from "./preconditioned.ts";
export type {
  BareNetwork,
  Parts,
  ReadingOptions,
  Scheduler,
  StepRequest,
  Walked,
} from "./scheduler.ts";
export * from "./to-scheduler-config.ts";
