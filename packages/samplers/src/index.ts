export * from "./denoiser.ts";
export * from "./solver.ts";
export * from "./solvers/index.ts";
export * from "./thresholding.ts";
