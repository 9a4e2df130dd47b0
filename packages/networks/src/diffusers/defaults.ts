/** The diffusers classes that we read and write. */
export type SchedulerClass =
  | "DDPMScheduler"
  | "DDPMParallelScheduler"
  | "DDIMScheduler"
  | "DDIMParallelScheduler"
  | "DDIMInverseScheduler"
  | "PNDMScheduler"
  | "IPNDMScheduler"
  | "EulerDiscreteScheduler"
  | "EulerAncestralDiscreteScheduler"
  | "HeunDiscreteScheduler"
  | "LMSDiscreteScheduler"
  | "KDPM2DiscreteScheduler"
  | "KDPM2AncestralDiscreteScheduler"
  | "EDMEulerScheduler"
  | "EDMDPMSolverMultistepScheduler"
  | "DPMSolverMultistepScheduler"
  | "DPMSolverSinglestepScheduler"
  | "DEISMultistepScheduler"
  | "UniPCMultistepScheduler"
  | "FlowMatchEulerDiscreteScheduler";

const CHAIN = {
  num_train_timesteps: 1000,
  beta_start: 0.0001,
  beta_end: 0.02,
  beta_schedule: "linear",
  trained_betas: null,
  prediction_type: "epsilon",
};
const CLIPPING = {
  clip_sample: true,
  clip_sample_range: 1,
  thresholding: false,
  dynamic_thresholding_ratio: 0.995,
  sample_max_value: 1,
};
const THRESHOLDING = {
  thresholding: false,
  dynamic_thresholding_ratio: 0.995,
  sample_max_value: 1,
};
const GRIDS = { use_karras_sigmas: false, use_exponential_sigmas: false, use_beta_sigmas: false };
const SPACED = { timestep_spacing: "linspace", steps_offset: 0 };
const K_DIFFUSION = { ...CHAIN, beta_start: 0.00085, beta_end: 0.012, ...GRIDS, ...SPACED };
const FLOW = {
  use_flow_sigmas: false,
  flow_shift: 1,
  use_dynamic_shifting: false,
  time_shift_type: "exponential",
};
const MULTISTEP = {
  ...CHAIN,
  ...THRESHOLDING,
  ...GRIDS,
  ...SPACED,
  ...FLOW,
  solver_order: 2,
  lower_order_final: true,
};
const EDM = {
  sigma_min: 0.002,
  sigma_max: 80,
  sigma_data: 0.5,
  sigma_schedule: "karras",
  num_train_timesteps: 1000,
  prediction_type: "epsilon",
  rho: 7,
  final_sigmas_type: "zero",
};
const DDPM = {
  ...CHAIN,
  ...CLIPPING,
  variance_type: "fixed_small",
  timestep_spacing: "leading",
  steps_offset: 0,
  rescale_betas_zero_snr: false,
};
const DDIM = {
  ...CHAIN,
  ...CLIPPING,
  set_alpha_to_one: true,
  timestep_spacing: "leading",
  steps_offset: 0,
  rescale_betas_zero_snr: false,
};

/** What diffusers takes for a key that a config leaves out (0.42, commit 58eb52c). */
export const DEFAULTS: Record<SchedulerClass, Readonly<Record<string, unknown>>> = {
  DDPMScheduler: DDPM,
  DDPMParallelScheduler: DDPM,
  DDIMScheduler: DDIM,
  DDIMParallelScheduler: DDIM,
  DDIMInverseScheduler: {
    ...CHAIN,
    clip_sample: true,
    clip_sample_range: 1,
    set_alpha_to_one: true,
    timestep_spacing: "leading",
    steps_offset: 0,
    rescale_betas_zero_snr: false,
  },
  PNDMScheduler: {
    ...CHAIN,
    skip_prk_steps: false,
    set_alpha_to_one: false,
    timestep_spacing: "leading",
    steps_offset: 0,
  },
  IPNDMScheduler: { num_train_timesteps: 1000, trained_betas: null },
  EulerDiscreteScheduler: {
    ...CHAIN,
    ...GRIDS,
    ...SPACED,
    interpolation_type: "linear",
    sigma_min: null,
    sigma_max: null,
    timestep_type: "discrete",
    rescale_betas_zero_snr: false,
    final_sigmas_type: "zero",
  },
  EulerAncestralDiscreteScheduler: { ...CHAIN, ...SPACED, rescale_betas_zero_snr: false },
  HeunDiscreteScheduler: { ...K_DIFFUSION, clip_sample: false, clip_sample_range: 1 },
  LMSDiscreteScheduler: { ...CHAIN, ...GRIDS, ...SPACED },
  KDPM2DiscreteScheduler: K_DIFFUSION,
  KDPM2AncestralDiscreteScheduler: K_DIFFUSION,
  EDMEulerScheduler: EDM,
  EDMDPMSolverMultistepScheduler: {
    ...EDM,
    ...THRESHOLDING,
    solver_order: 2,
    algorithm_type: "dpmsolver++",
    solver_type: "midpoint",
    lower_order_final: true,
    euler_at_final: false,
  },
  DPMSolverMultistepScheduler: {
    ...MULTISTEP,
    algorithm_type: "dpmsolver++",
    solver_type: "midpoint",
    euler_at_final: false,
    use_lu_lambdas: false,
    final_sigmas_type: "zero",
    lambda_min_clipped: Number.NEGATIVE_INFINITY,
    variance_type: null,
    rescale_betas_zero_snr: false,
  },
  DPMSolverSinglestepScheduler: {
    ...CHAIN,
    ...THRESHOLDING,
    ...GRIDS,
    ...FLOW,
    solver_order: 2,
    algorithm_type: "dpmsolver++",
    solver_type: "midpoint",
    lower_order_final: false,
    final_sigmas_type: "zero",
    lambda_min_clipped: Number.NEGATIVE_INFINITY,
    variance_type: null,
  },
  DEISMultistepScheduler: { ...MULTISTEP, algorithm_type: "deis", solver_type: "logrho" },
  UniPCMultistepScheduler: {
    ...MULTISTEP,
    predict_x0: true,
    solver_type: "bh2",
    disable_corrector: [],
    solver_p: null,
    final_sigmas_type: "zero",
    rescale_betas_zero_snr: false,
    sigma_min: null,
    sigma_max: null,
    shift_terminal: null,
  },
  FlowMatchEulerDiscreteScheduler: {
    num_train_timesteps: 1000,
    shift: 1,
    use_dynamic_shifting: false,
    base_shift: 0.5,
    max_shift: 1.15,
    base_image_seq_len: 256,
    max_image_seq_len: 4096,
    invert_sigmas: false,
    shift_terminal: null,
    ...GRIDS,
    time_shift_type: "exponential",
    stochastic_sampling: false,
  },
};
