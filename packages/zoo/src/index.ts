export type { FileDigest } from "./checked-bytes.ts";
export type { LoadModel, Model } from "./model.ts";
export * from "./model-card.ts";
export type { GaussianMoments, StoredMoments } from "./moments-file.ts";
export * from "./zoo.ts";
