export * from "./bimodality.ts";
export * from "./branches.ts";
export * from "./cloning.ts";
export * from "./collapse.ts";
export * from "./curie-weiss.ts";
export * from "./excess-entropy.ts";
export * from "./fixed-points.ts";
export {
  generativePotential,
  potentialGradient,
  potentialSpectrum,
} from "./generative-potential.ts";
export * from "./hypersphere-transition.ts";
export * from "./instability-law.ts";
export * from "./mean-field.ts";
export * from "./potential-cut.ts";
export * from "./speciation.ts";
export * from "./two-deltas.ts";
export * from "./two-gaussians.ts";
