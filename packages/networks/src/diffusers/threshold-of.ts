import { clip, dynamicThreshold, type Threshold } from "@symbreak/samplers";
import type { Fields } from "./config.ts";

/** A config's thresholding or clipping, as an option of a solver; thresholding takes precedence. */
export function thresholdOf(read: Fields): { readonly threshold?: Threshold } {
  if (read.boolean("thresholding")) {
    const ratio = read.number("dynamic_thresholding_ratio");
    return { threshold: dynamicThreshold({ ratio, max: read.number("sample_max_value") }) };
  }
  return read.boolean("clip_sample") ? { threshold: clip(read.number("clip_sample_range")) } : {};
}
