export * from "./covariance.ts";
export type { Distribution, Level } from "./distribution.ts";
export * from "./empirical.ts";
export * from "./empirical-denoise.ts";
export * from "./gaussian.ts";
export * from "./gaussian-divergence.ts";
export * from "./gaussian-mixture.ts";
export * from "./hypersphere.ts";
export * from "./normal-quantile.ts";
