export * from "./patch-changes.ts";
export * from "./susceptibility.ts";
export * from "./u-turn.ts";
