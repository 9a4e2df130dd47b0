export * from "./entropy-section.ts";
export * from "./memorisation-section.ts";
