export * from "./score-section.ts";
