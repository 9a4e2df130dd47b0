export * from "./indices.ts";
export * from "./read-clock.ts";
