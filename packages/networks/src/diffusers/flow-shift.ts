/** The shift of Esser et al. 2024, eq. 23 (arXiv 2403.03206): sigma → s·sigma/(1 + (s − 1) sigma), towards noise for s > 1. */
export function shifted(sigma: number, shift: number): number {
  return (shift * sigma) / (1 + (shift - 1) * sigma);
}

/** The sigma that {@link shifted} takes to this one. */
export function unshifted(sigma: number, shift: number): number {
  return sigma / (shift - (shift - 1) * sigma);
}

/** The sigmas drawn out so that the last is `terminal` and 1 stays where it is. */
export function stretched(sigmas: readonly number[], terminal: number): number[] {
  const factor = (1 - terminal) / (1 - sigmas.at(-1)!);
  return sigmas.map((sigma) => 1 - factor * (1 - sigma));
}
