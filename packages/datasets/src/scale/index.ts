export * from "./scale.ts";
export * from "./scaled.ts";
