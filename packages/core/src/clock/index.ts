export * from "./indices.ts";
export * from "./ou-time.ts";
export * from "./read-clock.ts";
