export * from "./analyze-data.ts";
export {
  type CloneEffort,
  type ClonePictures,
  type CloneResult,
  clone,
  clonedPictures,
} from "./clone.ts";
export * from "./compare/index.ts";
export * from "./data-analysis.ts";
export * from "./data-moments.ts";
export { dataDigest } from "./digest.ts";
export type { ExperimentOptions, ExperimentProgress } from "./experiment.ts";
export * from "./extractor.ts";
export * from "./judge.ts";
export { keptJudged } from "./kept-judged.ts";
export * from "./likelihoods.ts";
export * from "./memorise.ts";
export { pick } from "./pick.ts";
export { type Configured, configuredName, type SubjectProtocol, withoutClass } from "./protocol.ts";
export * from "./recommended-starts.ts";
export * from "./score/index.ts";
export * from "./stored-like.ts";
export * from "./study/index.ts";
export * from "./symmetry/index.ts";
export * from "./u-turns.ts";
