export * from "./coordinate-moments.ts";
export * from "./full-moments.ts";
export * from "./moments.ts";
export {
  mergeCovariances,
  type SampleCovariance,
  sampleCovariance,
  streamCovariance,
} from "./sample-covariance.ts";
export * from "./scatter-part.ts";
export * from "./truncated-moments.ts";
