export * from "./dealt.ts";
export * from "./kept.ts";
export * from "./progress.ts";
export * from "./shard.ts";
export * from "./shard-from-environment.ts";
export * from "./store.ts";
export * from "./team.ts";
