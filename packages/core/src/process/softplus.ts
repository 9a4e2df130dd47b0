/** ln(1 + eˣ) without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** 1/(1 + e⁻ˣ), accurate in both tails. */
export function sigmoid(x: number): number {
  const tail = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
}
