export * from "./class-diversity.ts";
export {
  type FeatureStatistics,
  featureStatistics,
  frechetFromStatistics,
  statisticsFromArrays,
} from "./feature-statistics.ts";
export * from "./frechet-distance.ts";
export * from "./kernel-distance.ts";
export * from "./manifold-coverage.ts";
export * from "./pixel-projection.ts";
export * from "./vendi-score.ts";
