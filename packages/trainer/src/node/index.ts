export * from "./diffusers/index.ts";
export { nodeEngines } from "./engines/candidates.ts";
export * from "./export/index.ts";
export * from "./run/index.ts";
