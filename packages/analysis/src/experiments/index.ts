export * from "./compare/index.ts";
export * from "./data-moments.ts";
export * from "./digest.ts";
export type { ExperimentOptions, ExperimentProgress } from "./experiment.ts";
export * from "./extractor.ts";
export * from "./judge.ts";
export { pick } from "./pick.ts";
export { type Configured, configuredName, type SubjectProtocol } from "./protocol.ts";
export * from "./stored-like.ts";
