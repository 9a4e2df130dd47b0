/** What the network is trained for, by `name`. */
export type ObjectiveConfig =
  | SimpleConfig
  | HybridConfig
  | BoundConfig
  | ScoreMatchingConfig
  | ScoreSdeConfig
  | VdmConfig
  | ClassificationConfig;

/** As it is written in a config file: all but the name may be left out. */
export type Written<Config> = Config extends { readonly name: unknown }
  ? Pick<Config, "name"> & {
      readonly [Key in Exclude<keyof Config, "name">]?: Written<Config[Key]>;
    }
  : Config;

/** L_simple (Ho et al. 2020), the default. */
export interface SimpleConfig {
  readonly name: "simple";
  /** Default "epsilon". */
  readonly prediction: "epsilon" | "v" | "sample";
  /** Min-SNR weighting (Hang et al. 2023); none by default. */
  readonly minSnr?: number;
  /** Draw times by the size of their weighted errors; uniformly by default. */
  readonly importance?: boolean;
}

/** L_hybrid with a learned variance (Nichol & Dhariwal 2021): the network needs twice the output channels. */
export interface HybridConfig {
  readonly name: "hybrid";
}

/** L_vlb, bits per dimension, for images in [−1, 1]. */
export interface BoundConfig {
  readonly name: "bound";
  /** Default "learned": the network needs twice the output channels. */
  readonly variance: "learned" | "fixedSmall" | "fixedLarge";
  /** Draw times by the size of their terms; default true. */
  readonly importance: boolean;
}

/** Denoising score matching over noise scales in geometric sequence (Song & Ermon 2019). */
export interface ScoreMatchingConfig {
  readonly name: "scoreMatching";
  /** How many scales; default 10. The network is told the index, 0 the noisiest. */
  readonly scales: number;
  /** Default 0.01. */
  readonly sigmaMin: number;
  /** Default 1; about the largest distance between data points is better (Song & Ermon 2020). */
  readonly sigmaMax: number;
  /** Default "score". */
  readonly prediction: "score" | "epsilon";
}

/** Continuous score matching (Song et al. 2021). */
export interface ScoreSdeConfig {
  readonly name: "scoreSde";
  /** Default VP. */
  readonly process: ProcessConfig;
  /** Default "simple"; "likelihood" weighs by g² (Song, Durkan et al. 2021). */
  readonly weighting: "simple" | "likelihood";
  /** Default "epsilon". */
  readonly prediction: "epsilon" | "v" | "sample" | "score";
  /** Cleanest time that is trained; default 1e-5. */
  readonly tMin: number;
  /** The network is told the time times this; default 1000, as DDPM's indices. */
  readonly timeScale: number;
}

/** VP and sub-VP with a linear rate, VE, or Ornstein–Uhlenbeck. */
export type ProcessConfig =
  | {
      readonly name: "vp" | "subVp";
      /** Default 0.1. */
      readonly betaMin: number;
      /** Default 20. */
      readonly betaMax: number;
    }
  | {
      readonly name: "ve";
      /** Default 0.01. */
      readonly sigmaMin: number;
      /** Default 50. */
      readonly sigmaMax: number;
    }
  | {
      readonly name: "ou";
      /** Noisiest time; default 5. */
      readonly tMax: number;
    };

/** VDM's bound, bits per dimension (Kingma et al. 2021). */
export interface VdmConfig {
  readonly name: "vdm";
  /** Default "fixedLinear". */
  readonly schedule: "fixedLinear" | "learnedLinear" | "learnedMonotone";
  /** gamma = −log SNR where the data are cleanest, −13.3 by default; a learned schedule begins there. */
  readonly gammaMin: number;
  /** And where they are noisiest; default 5. */
  readonly gammaMax: number;
  /** "bytes", the default: 8-bit images in [−1, 1]; "real" for other data. */
  readonly data: "bytes" | "real";
  /** Steps of the discrete-time bound; without, time is continuous. */
  readonly steps?: number;
  /** The network is told how far gamma is on its way, times this; default 1000, as DDPM's indices. */
  readonly timeScale: number;
}

/** A classifier's cross-entropy: the data set needs labels, the network one output a class. */
export interface ClassificationConfig {
  readonly name: "classification";
  /** Noise the images by the run's `schedule`, for a classifier that guides; default false. */
  readonly noised: boolean;
}
