export * from "./betas.ts";
export * from "./discrete-schedule.ts";
export * from "./levels.ts";
export * from "./timesteps.ts";
export * from "./zero-terminal-snr.ts";
