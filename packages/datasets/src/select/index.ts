export * from "./channel.ts";
export * from "./pad.ts";
export * from "./select.ts";
