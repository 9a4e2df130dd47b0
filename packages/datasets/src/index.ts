export { cacheDirectory } from "./cache-directory.ts";
export { DatasetError, type Fault } from "./dataset-error.ts";
export * from "./describe.ts";
export * from "./fetch/index.ts";
export * from "./formats/index.ts";
export * from "./load/index.ts";
export * from "./select/index.ts";
export * from "./sets/index.ts";
