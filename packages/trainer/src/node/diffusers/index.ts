export * from "./pipeline-directory.ts";
