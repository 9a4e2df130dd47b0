export * from "./empirical-denoiser.ts";
export * from "./exact-denoiser.ts";
