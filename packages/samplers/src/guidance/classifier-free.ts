import { invalid } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import { guided } from "./guided.ts";
import type { GuidanceInterval } from "./interval.ts";

/** Settings of {@link classifierFree}. */
export interface ClassifierFreeOptions {
  readonly conditional: Denoiser;
  readonly unconditional: Denoiser;
  /** w: 1 is the conditional model, 0 the unconditional, more than 1 overshoots. (Ho & Salimans's own w is this minus 1.) */
  readonly scale: number;
  /** Elsewhere the scale is 1. */
  readonly interval?: GuidanceInterval;
}

/**
 * Classifier-free guidance (Ho & Salimans 2022) with two denoisers of one's own: s_u + w (s_c − s_u), which is {@link guided}
 * with their names.
 */
export function classifierFree({
  conditional,
  unconditional,
  scale,
  interval,
}: ClassifierFreeOptions): Denoiser {
  if (!Number.isFinite(scale)) throw invalid("classifierFree", "scale must be finite", scale);
  return guided(
    { conditional, reference: unconditional },
    { weight: scale, ...(interval && { interval: [interval.noisiest, interval.cleanest] }) },
  );
}
