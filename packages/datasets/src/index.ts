export { DatasetError, type Fault } from "./dataset-error.ts";
export * from "./image-set.ts";
export * from "./scale/index.ts";
export * from "./select/index.ts";
export * from "./sets/index.ts";
