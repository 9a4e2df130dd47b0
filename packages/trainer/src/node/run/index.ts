export * from "./checkpoint.ts";
export { checkDirectory } from "./claim-directory.ts";
export * from "./config-json-schema.ts";
export * from "./load-config.ts";
export * from "./read-run-directory.ts";
export * from "./run-training.ts";
export type { Checkpoint } from "./state-file.ts";
export type { LogEntry } from "./training-log.ts";
