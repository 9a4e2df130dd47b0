export * from "./distil.ts";
export * from "./distil-config.ts";
export * from "./distil-pairs.ts";
