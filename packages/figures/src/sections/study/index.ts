export * from "./recommendation-section.ts";
export * from "./sound-section.ts";
export * from "./study-sections.ts";
export * from "./times-section.ts";
