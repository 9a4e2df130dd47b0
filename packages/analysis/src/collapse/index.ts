export * from "./collapse-time.ts";
export * from "./excess-entropy.ts";
