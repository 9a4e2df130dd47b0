export type { JacobianProduct } from "./divergence.ts";
export * from "./log-likelihood.ts";
