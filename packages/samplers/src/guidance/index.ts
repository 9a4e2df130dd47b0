export * from "./classifier-free.ts";
export type * from "./guidance.ts";
export * from "./guide.ts";
export * from "./guided.ts";
export * from "./guided-ddpm.ts";
export * from "./interval.ts";
export * from "./measurement.ts";
export * from "./observe.ts";
