import { type Data, invalid, type Multiply } from "@symbreak/core";
import { frechetDistance, frechetName } from "./frechet-distance.ts";
import { kernelDistance } from "./kernel-distance.ts";

/** A distance between two sets of features. */
export interface Measure {
  /** "FD-lite0", "KID-lite0": with the extractor, without which a number means nothing. */
  readonly name: string;
  /** Whether the distance of two sets of one law is 0 on average; a Fréchet distance is not, at finite n. */
  readonly unbiased: boolean;
  distance(real: Data, generated: Data): number | Promise<number>;
}

/** The Fréchet distance of features, as {@link frechetDistance} without its interval. */
export function frechetMeasure(extractor: string): Measure {
  if (extractor === "") throw invalid("frechetMeasure", "extractor must have a name", extractor);
  return {
    name: frechetName(extractor),
    unbiased: false,
    distance: (real, generated) => frechetDistance(real, generated, { extractor, groups: 0 }).value,
  };
}

/** The kernel distance of features, as {@link kernelDistance}. */
export function kernelMeasure(
  extractor: string,
  options: { readonly seed?: number; readonly multiply?: Multiply } = {},
): Measure {
  if (extractor === "") throw invalid("kernelMeasure", "extractor must have a name", extractor);
  return {
    name: extractor === "fid" ? "KID" : `KID-${extractor}`,
    unbiased: true,
    distance: async (real, generated) => (await kernelDistance(real, generated, options)).value,
  };
}
