import { checkKeys, invalid } from "@symbreak/core";

/** The effective memorisation number of a network and its training. */
export interface EffectiveMemorisation {
  /** Greatest training set of those measured that is still memorised; null where none is. */
  readonly measured: number | null;
  /** Where the share crosses, linear in ln n to the next larger set; null where it does not cross within those measured. */
  readonly interpolated: number | null;
  readonly share: number;
}

/**
 * EMM, the effective model memorisation (Gu et al. 2025, "On memorization in diffusion models", arXiv 2310.02664): the
 * greatest number of training images of which a network still gives back at least `share` copies, d1/d2 < 1/3.
 *
 * @param points for each size of training set the copied share of the snapshot that copies most
 */
export function effectiveMemorisation(
  points: readonly { readonly training: number; readonly memorised: number }[],
  options: { readonly share?: number } = {},
): EffectiveMemorisation {
  checkKeys("effectiveMemorisation", options, ["share"]);
  const { share = 0.9 } = options;
  if (points.length === 0)
    throw invalid("effectiveMemorisation", "points must be at least one", points.length);
  if (!(share > 0 && share < 1))
    throw invalid("effectiveMemorisation", "share must lie in (0, 1)", share);
  const wrong = points.find(
    ({ training, memorised }) =>
      !(Number.isInteger(training) && training > 0 && memorised >= 0 && memorised <= 1),
  );
  if (wrong !== undefined)
    throw invalid("effectiveMemorisation", "points must have a size and a share in [0, 1]", wrong);
  const ordered = [...points].sort((a, b) => a.training - b.training);
  const at = ordered.findLastIndex(({ memorised }) => memorised >= share);
  const [last, next] = [ordered[at], ordered[at + 1]];
  if (last === undefined) return { measured: null, interpolated: null, share };
  if (next === undefined) return { measured: last.training, interpolated: null, share };
  const part = (last.memorised - share) / (last.memorised - next.memorised);
  const log = Math.log(last.training) + part * Math.log(next.training / last.training);
  return { measured: last.training, interpolated: Math.exp(log), share };
}
