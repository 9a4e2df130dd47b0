/** The solvers of `ssb sample`, as diffusers' classes. */
export const SOLVERS = {
  ddim: "DDIMScheduler",
  ddpm: "DDPMScheduler",
  pndm: "PNDMScheduler",
  "dpm++": "DPMSolverMultistepScheduler",
  unipc: "UniPCMultistepScheduler",
  euler: "EulerDiscreteScheduler",
  heun: "HeunDiscreteScheduler",
} as const;

/** What a scheduler config says of the chain itself; the rest are settings of its class. */
const CHAIN = [
  "num_train_timesteps",
  "beta_start",
  "beta_end",
  "beta_schedule",
  "trained_betas",
  "prediction_type",
] as const;

/** The config of another solver on the chain that a network was trained on. */
export function solverOnChain(
  config: Readonly<Record<string, unknown>>,
  solver: keyof typeof SOLVERS,
): Record<string, unknown> {
  const clips = solver === "ddim" || solver === "ddpm";
  const keys = [...CHAIN, ...(clips ? ["clip_sample", "clip_sample_range"] : [])];
  if (config.rescale_betas_zero_snr === true) keys.push("rescale_betas_zero_snr");
  const kept = keys.filter((key) => config[key] !== undefined).map((key) => [key, config[key]]);
  return { ...Object.fromEntries(kept), _class_name: SOLVERS[solver] };
}
