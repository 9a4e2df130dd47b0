export { type Classes, type Classify, labelsOf } from "./classes.ts";
export * from "./clone-agreements.ts";
export * from "./clone-branches.ts";
export * from "./clone-two-gaussians.ts";
export * from "./cloning.ts";
export * from "./cloning-curve.ts";
export * from "./crossing.ts";
export * from "./merge-agreements.ts";
