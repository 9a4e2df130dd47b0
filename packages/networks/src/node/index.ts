export * from "./network-notes-json-schema.ts";
export * from "./node-runtime.ts";
export * from "./open-network.ts";
export * from "./workers/index.ts";
