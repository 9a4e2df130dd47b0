export type { MachinesExplain, ModelExplains } from "./machines.ts";
export * from "./network-score.ts";
