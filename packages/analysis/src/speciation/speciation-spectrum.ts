import { discreteSchedule, invalid, speciationOuTime } from "@symbreak/core";
import { type ChainName, type ChainTimeOrNever, chainName, chainTime } from "../chain-time.ts";
import type { TimeOptions } from "./speciation-time.ts";

/** When one principal direction of the data rises above the noise. */
export interface ModeTime extends ChainTimeOrNever {
  readonly eigenvalue: number;
  /** Its share of the data's variance, where the trace is known. */
  readonly share: number | null;
}

/** A time for each eigenmode: the order in which generation decides. */
export interface SpeciationSpectrum {
  readonly modes: readonly ModeTime[];
  readonly scale: string;
  readonly schedule: ChainName;
}

/**
 * The speciation time ½ ln λ_k of each eigenmode: the largest decides first, and modes with λ ≤ 1 never rise above the
 * unit noise and have the time null. Eigenvalues of 0, which have no time, are left out.
 *
 * @param eigenvalues in the squared units that the model sees
 * @param trace of the whole covariance, for the shares
 */
export function speciationSpectrum(
  eigenvalues: ArrayLike<number>,
  trace?: number,
  options: TimeOptions = {},
): SpeciationSpectrum {
  const { schedule = discreteSchedule(), scale = "as given" } = options;
  const values = Array.from(eigenvalues);
  const wrong = values.find((value) => !(value >= 0 && value < Infinity));
  if (wrong !== undefined)
    throw invalid("speciationSpectrum", "eigenvalues must be finite and not negative", wrong);
  const modes = values
    .filter((eigenvalue) => eigenvalue > 0)
    .map((eigenvalue) => ({
      eigenvalue,
      share: trace === undefined ? null : eigenvalue / trace,
      ...chainTime(speciationOuTime(eigenvalue), schedule),
    }));
  return { modes, scale, schedule: chainName(schedule) };
}
