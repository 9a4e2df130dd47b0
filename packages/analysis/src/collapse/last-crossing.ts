/** The last time at which the curve reaches the threshold from below, linear between its points. */
export function lastCrossing(
  times: readonly number[],
  fractions: readonly number[],
  threshold: number,
): number | undefined {
  for (let k = times.length - 2; k >= 0; k--) {
    const [below, above] = [fractions[k]!, fractions[k + 1]!];
    if (below >= threshold || above < threshold) continue;
    return times[k]! + ((threshold - below) / (above - below)) * (times[k + 1]! - times[k]!);
  }
  return undefined;
}
