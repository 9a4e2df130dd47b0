export * from "./layout.ts";
export { feedsFor, lossProgram, type Task } from "./loss-graph.ts";
export * from "./training-step.ts";
