import type { FrechetDistance, KernelDistance } from "@symbreak/analysis";
import type { AnchoredDistance } from "./anchored-distance.ts";

/** A share with its 95 % interval. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How far one set is from another, by every measure that the two sides allow. */
export interface DistanceResult {
  readonly extractor: string;
  /** Numbers in one sample's features. */
  readonly size: number;
  readonly real: SideResult;
  readonly generated: SideResult;
  readonly frechet: Frechet;
  /** What it can tell: null where the real images are too few, or the features too many to say. */
  readonly anchored: AnchoredDistance | null;
  /** Of features only: statistics files hold none. */
  readonly kernel: KernelDistance | null;
  readonly coverage: CoverageResult | null;
  /** Effective numbers of different samples. */
  readonly vendi: { readonly real: number; readonly generated: number } | null;
  /** All that the numbers depend on but the images. Comparable numbers have one protocol. */
  readonly protocol: string;
  /** The first 12 hex digits of its SHA-256. */
  readonly protocolHash: string;
  readonly warnings: readonly string[];
}

interface SideResult {
  readonly name: string;
  readonly description: string;
  /** null for a statistics file that does not say. */
  readonly count: number | null;
}

/** A Fréchet distance; the interval and the bias need features on both sides. */
export type Frechet = Pick<
  FrechetDistance,
  "name" | "value" | "low" | "high" | "standardError" | "bias"
>;

/** Precision, recall and coverage with binomial (Wilson) intervals, the radii held fixed; the density has none. */
export interface CoverageResult {
  readonly precision: Share;
  readonly recall: Share;
  readonly density: number;
  readonly coverage: Share;
  readonly k: number;
}
