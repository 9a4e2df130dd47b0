export * from "./layout.ts";
export * from "./training-step.ts";
