export * from "./centre-branch.ts";
export * from "./circle-potential.ts";
export * from "./find-wells.ts";
export { type FixedPoint, type FixedPointOptions, fixedPointNear } from "./fixed-point.ts";
export { LANDSCAPES, type LandscapeRule } from "./landscapes.ts";
export type { JacobianOptions } from "./linearised.ts";
export * from "./loss-ratio.ts";
export { type Stability, type StabilityOptions, stabilityAt } from "./stability.ts";
export type { RitzOptions } from "./top-ritz-pairs.ts";
