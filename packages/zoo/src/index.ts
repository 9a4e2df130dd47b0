export type { FileDigest } from "./checked-bytes.ts";
export type { LoadModel, Model } from "./model.ts";
export * from "./model-card.ts";
export {
  decodeMoments,
  type GaussianMoments,
  type MomentsLayout,
  type StoredMoments,
} from "./moments-file.ts";
export * from "./zoo.ts";
