export * from "./philox.ts";
export * from "./philox-noise.ts";
