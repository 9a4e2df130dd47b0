import type { Landscape } from "@symbreak/core";
import type { ChainName, ChainTime, ChainTimeOrNever } from "../../chain-time.ts";
import { speciationTime } from "../../speciation/speciation-time.ts";
import { LANDSCAPES } from "../../symmetry/landscapes.ts";

/** A time with its DDPM index, or why there is none. */
export type LawTime = ChainTime | "never" | "always";

/** What theory says of data with the top variance Λ. */
export interface SymmetryTheory {
  readonly lambda: number;
  /** t_S = ½ ln Λ; null for Λ ≤ 1. */
  readonly speciation: ChainTimeOrNever;
  /** Where the centre of equal-norm data turns unstable, in each landscape. */
  readonly equalNorm: Readonly<Record<Landscape, LawTime>>;
  /** Where a mere Gaussian of the same Λ does, with nothing to decide: wide data spread. */
  readonly gaussian: Readonly<Record<Landscape, LawTime>>;
  readonly scale: string;
  readonly schedule: ChainName;
}

/** The instability laws of data with this top eigenvalue, in the units that the model sees. */
export function symmetryTheory(lambda: number, scale: string): SymmetryTheory {
  const { ouTime, ddpmIndex, nearestIndex, schedule } = speciationTime(lambda, { scale });
  const law = (of: "equalNormLaw" | "gaussianLaw") => {
    const at = (landscape: Landscape) => lawTime(LANDSCAPES[landscape][of](lambda));
    return { potential: at("potential"), density: at("density"), drift: at("drift") };
  };
  return {
    lambda,
    speciation: { ouTime, ddpmIndex, nearestIndex },
    equalNorm: law("equalNormLaw"),
    gaussian: law("gaussianLaw"),
    scale,
    schedule,
  };
}

function lawTime(alphaBar: number | null): LawTime {
  if (alphaBar === null) return "never";
  if (alphaBar === 0) return "always";
  // ½ ln of 1/alphaBar, by the rule that puts t_S on the chain.
  const { ouTime, ddpmIndex, nearestIndex } = speciationTime(1 / alphaBar);
  return ouTime === null ? "never" : { ouTime, ddpmIndex, nearestIndex };
}
