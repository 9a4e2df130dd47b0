export * from "./adam.ts";
export * from "./average-decay.ts";
export * from "./learning-rate.ts";
export * from "./muon-direction.ts";
export * from "./orthogonalise.ts";
