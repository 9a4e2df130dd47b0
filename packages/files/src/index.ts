export * from "./append-to.ts";
export * from "./check-writable.ts";
export * from "./folder-store.ts";
export * from "./lock-directory.ts";
export * from "./read-json.ts";
export * from "./sha256.ts";
export * from "./write-atomically.ts";
