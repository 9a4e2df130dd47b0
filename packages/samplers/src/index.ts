export * from "./denoiser.ts";
export * from "./solver.ts";
