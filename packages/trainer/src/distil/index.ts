export * from "./distil.ts";
export * from "./distil-pairs.ts";
