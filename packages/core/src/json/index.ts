export * from "./canonical-json.ts";
export * from "./parse-json.ts";
