/** What the network is trained for, by `name`. */
export type ObjectiveConfig =
  | SimpleConfig
  | HybridConfig
  | BoundConfig
  | ScoreMatchingConfig
  | ImplicitScoreMatchingConfig
  | ScoreSdeConfig
  | VdmConfig
  | EdmConfig
  | FlowConfig
  | ClassificationConfig;

/** As it is written in a config file: all but the name may be left out. */
export type Written<Config> = Config extends { readonly name: unknown }
  ? Pick<Config, "name"> & {
      readonly [Key in Exclude<keyof Config, "name">]?: Written<Config[Key]>;
    }
  : Config;

/** What all objectives of denoisers have in common. */
export interface Denoised {
  /**
   * Probability with which a sample's class is kept from the network, which then learns to do without as well, for
   * classifier-free guidance; default 0. The last of the network's labels stands for none.
   */
  readonly dropLabels: number;
}

/** L_simple (Ho et al. 2020), the default. */
export interface SimpleConfig extends Denoised {
  readonly name: "simple";
  /** Default "epsilon". */
  readonly prediction: "epsilon" | "v" | "sample";
  /** Min-SNR weighting (Hang et al. 2023); none by default. */
  readonly minSnr?: number;
  /** Draw times by the size of their weighted errors; uniformly by default. */
  readonly importance?: boolean;
  /** Where times are drawn; everywhere and uniformly by default. */
  readonly times?: TimesConfig;
}

/** Where an objective in discrete time trains. */
export interface TimesConfig {
  /**
   * Only times below this one. The network must be a `GaussianSkip`, which is the data's Gaussian above, so that what
   * was not trained is never asked.
   */
  readonly below?: number;
  /**
   * Only the times below the late start that the data's spectrum gives: up to `margin` of OU time, ½ ln(1/alphaBar), above
   * t_S = ½ ln Λ, where the symmetry breaks. The run works `below` out from its training data.
   */
  readonly from?: "late";
  /** Default 0.25. */
  readonly margin?: number;
  /** In proportion to the information about the data that is lost: see `simple`. Not with `importance`. */
  readonly by?: "entropic" | "rescaled";
}

/** L_hybrid with a learned variance (Nichol & Dhariwal 2021): the network needs twice the output channels. */
export interface HybridConfig extends Denoised {
  readonly name: "hybrid";
}

/** L_vlb, bits per dimension, for images in [−1, 1]. */
export interface BoundConfig extends Denoised {
  readonly name: "bound";
  /** Default "learned": the network needs twice the output channels. */
  readonly variance: "learned" | "fixedSmall" | "fixedLarge";
  /** Draw times by the size of their terms; default true. */
  readonly importance: boolean;
}

/** Denoising score matching over noise scales in geometric sequence (Song & Ermon 2019). */
export interface ScoreMatchingConfig extends Denoised {
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

/** Implicit score matching over the same noise scales, without the noise (Hyvärinen 2005; Song et al. 2019). */
export interface ImplicitScoreMatchingConfig
  extends Denoised,
    Pick<ScoreMatchingConfig, "scales" | "sigmaMin" | "sigmaMax"> {
  readonly name: "implicitScoreMatching";
  /** Default "sliced"; "exact" takes a backward pass for every dimension. */
  readonly divergence: "sliced" | "exact";
}

/** Continuous score matching (Song et al. 2021). */
export interface ScoreSdeConfig extends Denoised {
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
export interface VdmConfig extends Denoised {
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

/** EDM's preconditioned denoising (Karras et al. 2022). */
export interface EdmConfig extends Denoised {
  readonly name: "edm";
  /** Standard deviation of the data, in the network's units; default 0.5. */
  readonly sigmaData: number;
  /** Mean and deviation of ln sigma, drawn from a normal law; default −1.2 and 1.2. */
  readonly logMean: number;
  readonly logDeviation: number;
  /** Where sampling begins and ends: default 0.002 and 80. */
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

/** Flow matching along straight paths (Lipman et al. 2023; Liu et al. 2023). */
export interface FlowConfig extends Denoised {
  readonly name: "flow";
  /** How t in (0, 1) is drawn; default "logitNormal" (Esser et al. 2024). */
  readonly times: "logitNormal" | "uniform";
  /** Mean and deviation of the logit; default 0 and 1. */
  readonly logitMean: number;
  readonly logitDeviation: number;
  /** The network is told t times this; default 1000. */
  readonly timeScale: number;
}

/** A classifier's cross-entropy: the data set needs labels, the network one output a class. */
export interface ClassificationConfig {
  readonly name: "classification";
  /** Noise the images by the run's `schedule`, for a classifier that guides; default false. */
  readonly noised: boolean;
}
