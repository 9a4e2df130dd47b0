export * from "./collapse-time.ts";
export * from "./excess-entropy.ts";
export * from "./last-neighbour-change.ts";
export * from "./law-excess-entropy.ts";
export * from "./nearest-sample.ts";
export {
  type Participation,
  type ParticipationAt,
  type ParticipationOptions,
  participation,
} from "./participation.ts";
