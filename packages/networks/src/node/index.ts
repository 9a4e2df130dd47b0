export * from "./node-runtime.ts";
export * from "./open-network.ts";
