export * from "./authenticity.ts";
export * from "./copy-test.ts";
export * from "./effective-memorisation.ts";
export * from "./memorisation.ts";
export * from "./memorisation-curve.ts";
export {
  type MeasuredCheckpoint,
  type TrainingTimes,
  type TrainingTimesOptions,
  trainingTimes,
} from "./training-times.ts";
export * from "./wave-training.ts";
