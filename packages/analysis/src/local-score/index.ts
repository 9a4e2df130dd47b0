export * from "./calibrate-kernels.ts";
export * from "./explained-variance.ts";
export * from "./local-score-denoiser.ts";
export type { LocalScoreKind } from "./patch-groups.ts";
