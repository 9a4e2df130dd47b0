import { invalid, logSnr, type NoiseLevel } from "@symbreak/core";
import type { Path } from "@symbreak/samplers";

/**
 * `count` levels of a path from `top` to `bottom`, both included, even in log SNR: where to measure a loss curve.
 *
 * @example evenLevels(processPath(chain), levelAt(chain, 999), levelAt(chain, 0), 30)
 */
export function evenLevels(
  path: Path,
  top: NoiseLevel,
  bottom: NoiseLevel,
  count: number,
): NoiseLevel[] {
  if (!Number.isInteger(count) || count < 2)
    throw invalid("evenLevels", "count must be an integer of at least 2", count);
  const [from, to] = [logSnr(top), logSnr(bottom)];
  if (!(from < to && Number.isFinite(to - from)))
    throw invalid("evenLevels", "top must be noisier than bottom, both with signal and noise", [
      from,
      to,
    ]);
  return Array.from({ length: count }, (_, k) => {
    if (k === 0) return top;
    if (k === count - 1) return bottom;
    return path(from + ((to - from) * k) / (count - 1));
  });
}
