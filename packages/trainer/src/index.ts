export * from "./diffusers/index.ts";
export * from "./engines/index.ts";
export * from "./export/index.ts";
export * from "./formats/index.ts";
export * from "./initialiser.ts";
export * from "./model.ts";
export * from "./models/index.ts";
