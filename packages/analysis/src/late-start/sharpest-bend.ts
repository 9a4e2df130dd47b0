/** A distance measured at a start. */
export interface StartPoint {
  readonly timestep: number;
  readonly value: number;
}

/**
 * Where the distance against the start bends most: the largest second derivative, by divided differences on whatever grid
 * was scanned. So Raya & Ambrogioni 2023 mark the critical time in curves of starts from noise (their figure 2). Null of
 * fewer than three starts.
 */
export function sharpestBend(points: readonly StartPoint[]): number | null {
  const sorted = [...points].sort((a, b) => a.timestep - b.timestep);
  const slope = (i: number): number =>
    (sorted[i + 1]!.value - sorted[i]!.value) / (sorted[i + 1]!.timestep - sorted[i]!.timestep);
  let best: { timestep: number; bend: number } | null = null;
  for (let i = 1; i + 1 < sorted.length; i++) {
    const width = (sorted[i + 1]!.timestep - sorted[i - 1]!.timestep) / 2;
    const bend = (slope(i) - slope(i - 1)) / width;
    if (best === null || bend > best.bend) best = { timestep: sorted[i]!.timestep, bend };
  }
  return best?.timestep ?? null;
}
