export * from "./adam.ts";
export * from "./average-decay.ts";
export * from "./learning-rate.ts";
