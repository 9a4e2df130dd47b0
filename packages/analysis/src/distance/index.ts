export * from "./anchor-coverage.ts";
export * from "./anchors.ts";
export * from "./class-diversity.ts";
export * from "./discrimination.ts";
export * from "./distance-warnings.ts";
export {
  type FeatureStatistics,
  featureStatistics,
  frechetFromStatistics,
  statisticsFromArrays,
} from "./feature-statistics.ts";
export * from "./frechet-distance.ts";
export * from "./gaussian-draws.ts";
export type { ImageFeatures } from "./image-features.ts";
export * from "./kernel-distance.ts";
export * from "./lite0-features.ts";
export * from "./manifold-coverage.ts";
export * from "./measure.ts";
export * from "./pixel-projection.ts";
export * from "./principal-features.ts";
export * from "./random-features.ts";
export * from "./sliced-wasserstein.ts";
export * from "./vendi-score.ts";
