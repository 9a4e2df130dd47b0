/**
 * The 95 % interval of a probability from `successes` out of `trials`: Wilson 1927. Unlike the normal one it stays in
 * [0, 1] and has a width at 0 and 1.
 */
export function wilsonInterval(successes: number, trials: number): { low: number; high: number } {
  const z = 1.959963984540054;
  const share = successes / trials;
  const spread = (z * z) / trials;
  const centre = (share + spread / 2) / (1 + spread);
  const half =
    (z * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials))) / (1 + spread);
  // Round-off may leave the ends a last digit outside.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
