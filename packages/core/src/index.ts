export * from "./invalid.ts";
export * from "./level.ts";
export * from "./moments.ts";
export * from "./noise.ts";
export * from "./samples.ts";
