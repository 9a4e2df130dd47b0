export * from "./canonical-json.ts";
export * from "./packed.ts";
export * from "./parse-json.ts";
