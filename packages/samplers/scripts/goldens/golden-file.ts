/** The parts of a golden file that are run; see its own `definitions`. */
export interface GoldenFile {
  readonly upstream_cases?: readonly DiffusersCase[];
  readonly generated_cases?: readonly DiffusersCase[];
  readonly official_symmetry_breaking_repo?: { readonly cases: readonly OfficialCase[] };
  readonly scalar_checks?: Readonly<Record<string, unknown>>;
}

/** A run of one of diffusers' schedulers on the dummy network. */
export interface DiffusersCase {
  readonly id: string;
  readonly scheduler: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly procedure: string;
  readonly num_inference_steps?: number | null;
  readonly timesteps?: readonly number[] | null;
  readonly sigmas?: readonly number[] | null;
  readonly step_kwargs?: Readonly<Record<string, unknown>>;
  readonly noise?: string | null;
  readonly shape?: readonly number[];
  readonly t_start?: number | null;
  readonly start?: string;
  readonly scale_init?: boolean;
  readonly init_mult?: number;
  readonly error?: string;
  readonly reference_f32?: Reference;
  readonly reference_f64?: Reference;
}

/** A list that may be shortened in the middle by "...". */
export type Listed = readonly (number | "...")[];

/** What a run came to. */
export interface Reference {
  readonly sum: number;
  readonly mean?: number;
  readonly l2?: number;
  readonly first4?: readonly number[];
  readonly last4?: readonly number[];
  readonly n_calls?: number;
  readonly timesteps?: Listed;
  readonly sigmas?: Listed;
  readonly init_noise_sigma?: number;
  readonly seq?: readonly number[];
  readonly trace_sum?: readonly number[];
}

/** A run of a sampler of the official late-start repository. */
export interface OfficialCase {
  readonly id: string;
  readonly sampler?: string;
  readonly n_steps?: number;
  readonly late_t?: number | null;
  readonly model?: string;
  readonly noise?: string;
  readonly error?: string;
  readonly reference_f32?: Reference;
  readonly reference_f64?: Reference;
}
