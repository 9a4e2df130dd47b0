/** A root of `f` between `low` and `high`, where its signs differ, to the last bit; at most 200 halvings. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  const start = f(low);
  if (start === 0) return low;
  for (let i = 0; i < 200; i++) {
    const middle = 0.5 * (low + high);
    if (middle === low || middle === high) break;
    if (f(middle) < 0 === start < 0) low = middle;
    else high = middle;
  }
  return Math.abs(f(low)) < Math.abs(f(high)) ? low : high;
}
