export * from "./score-quality.ts";
