import { checkKeys } from "../check-keys.ts";
import type { Level } from "../distribution/distribution.ts";
import { normalCdf } from "../distribution/normal-cdf.ts";
import { invalid } from "../invalid.ts";
import { bisect } from "./bisect.ts";

/**
 * The total variation between two classes N(m, deviation² I) at a level, `distance` = |m − m'| of clean data:
 * 2Φ(alpha·distance/2√(sigma² + alpha² deviation²)) − 1. 0: no one can tell them apart; 1: no one mistakes them.
 */
export function totalVariation(distance: number, deviation: number, level: Level): number {
  checked("totalVariation", distance, deviation);
  const { alpha, sigma } = level;
  if (alpha === 0 || distance === 0) return 0;
  return 2 * normalCdf((alpha * distance) / (2 * Math.hypot(sigma, alpha * deviation))) - 1;
}

/**
 * The OU time at which that total variation has sunk to `share`; null where clean classes are nearer than that already.
 * With deviation 1 it is ln(distance/2Φ⁻¹((1 + share)/2)) (Li & Chen 2024, arXiv 2403.01633).
 */
export function totalVariationOuTime(
  distance: number,
  deviation: number,
  share: number,
): number | null {
  checked("totalVariationOuTime", distance, deviation);
  if (!(share > 0 && share < 1))
    throw invalid("totalVariationOuTime", "share must lie in (0, 1)", share);
  const z = bisect((value) => 2 * normalCdf(value) - 1 - share, 0, 8);
  const noise = (distance / (2 * z)) ** 2 - deviation ** 2;
  return noise > 0 ? 0.5 * Math.log1p(noise) : null;
}

/** The times between which a group of classes is one thing: told from the rest, its members not from each other. */
export interface CriticalWindow {
  /** OU time from which on the members cannot be told apart (total variation at most epsilon); 0 for a single class. */
  readonly lower: number;
  /** OU time up to which all of them stand apart from the rest (at least 1 − epsilon); Infinity without a rest. */
  readonly upper: number;
}

/**
 * The window of a group of classes N(m_k, deviation² I) (arXiv 2403.01633): a member noised to a time inside it and
 * denoised again comes back as any member of the group, and as no other. Null where there is none.
 *
 * @param distances between the means, n × n
 * @param group some of 0 … n − 1
 */
export function criticalWindow(
  distances: ArrayLike<number>,
  group: ArrayLike<number>,
  options: { readonly deviation: number; readonly epsilon?: number },
): CriticalWindow | null {
  checkKeys("criticalWindow", options, ["deviation", "epsilon"]);
  const { deviation, epsilon = 0.1 } = options;
  const count = Math.sqrt(distances.length);
  if (!Number.isInteger(count) || count < 1)
    throw invalid("criticalWindow", "distances must be a square matrix", distances.length);
  const members = new Set(Array.from(group));
  const wrong = [...members].find((k) => !(Number.isInteger(k) && k >= 0 && k < count));
  if (members.size === 0 || wrong !== undefined)
    throw invalid("criticalWindow", `group must be some of 0 … ${count - 1}`, Array.from(group));
  if (!(epsilon > 0 && epsilon < 0.5))
    throw invalid("criticalWindow", "epsilon must lie in (0, 0.5)", epsilon);
  let [widest, nearest] = [0, Infinity];
  for (const i of members)
    for (let j = 0; j < count; j++) {
      const distance = distances[i * count + j]!;
      if (members.has(j)) widest = Math.max(widest, distance);
      else nearest = Math.min(nearest, distance);
    }
  const lower = totalVariationOuTime(widest, deviation, epsilon) ?? 0;
  const upper =
    nearest === Infinity ? Infinity : totalVariationOuTime(nearest, deviation, 1 - epsilon);
  return upper !== null && lower < upper ? { lower, upper } : null;
}

function checked(where: string, distance: number, deviation: number): void {
  if (!(distance >= 0 && distance < Infinity))
    throw invalid(where, "distance must be finite and not negative", distance);
  if (!(deviation >= 0 && deviation < Infinity))
    throw invalid(where, "deviation must be finite and not negative", deviation);
}
