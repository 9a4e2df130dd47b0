export * from "./affine-score-test.ts";
export { defaultCandidates } from "./candidates.ts";
export * from "./choose-start.ts";
export * from "./discretisation-error.ts";
export * from "./gaussian-late-start.ts";
export * from "./gaussian-response.ts";
export * from "./noise-start.ts";
export * from "./noised-start.ts";
export * from "./start.ts";
