export * from "./betas.ts";
export {
  chainOf,
  type DiscreteSchedule,
  type DiscreteScheduleOptions,
  discreteSchedule,
  isChain,
} from "./discrete-schedule.ts";
export * from "./levels.ts";
export * from "./linspace.ts";
export * from "./longest-chain.ts";
export * from "./respace.ts";
export * from "./sigma-grids.ts";
export * from "./timesteps.ts";
export { zeroTerminalSnrBetas } from "./zero-terminal-snr.ts";
