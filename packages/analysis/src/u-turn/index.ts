export * from "./u-turn.ts";
