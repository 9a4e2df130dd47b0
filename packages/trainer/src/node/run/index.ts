export * from "./checkpoint.ts";
export * from "./config-json-schema.ts";
export * from "./load-config.ts";
export * from "./run-training.ts";
export type { LogEntry } from "./training-log.ts";
