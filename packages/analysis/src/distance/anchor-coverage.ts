import type { Multiply } from "@symbreak/core";
import type { Anchors } from "./anchors.ts";
import { type ManifoldCoverage, manifoldCoverage } from "./manifold-coverage.ts";

/** Precision, recall, density and coverage of the two reference rows of a table: what a perfect and a Gaussian sampler would show. */
export interface AnchorCoverage {
  readonly real: ManifoldCoverage;
  readonly gaussian: ManifoldCoverage;
}

/** {@link manifoldCoverage} of one disjoint real set and of the Gaussian's draws, against the reference. */
export async function anchorCoverage(
  { reference, real, gaussian }: Anchors,
  options: { readonly k?: number; readonly multiply?: Multiply } = {},
): Promise<AnchorCoverage> {
  return {
    real: await manifoldCoverage(reference, real[0]!, options),
    gaussian: await manifoldCoverage(reference, gaussian, options),
  };
}
