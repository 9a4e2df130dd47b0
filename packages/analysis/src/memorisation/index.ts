export * from "./memorisation.ts";
export * from "./memorisation-curve.ts";
