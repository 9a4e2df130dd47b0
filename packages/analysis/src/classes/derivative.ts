/** dy/dx at each of some points, by the parabola through it and its neighbours; at the ends through the nearest three. */
export function derivative(x: readonly number[], y: readonly number[]): number[] {
  return x.map((at, i) => {
    if (x.length === 2) return (y[1]! - y[0]!) / (x[1]! - x[0]!);
    const k = Math.min(Math.max(i, 1), x.length - 2);
    const [a, b, c] = [x[k - 1]!, x[k]!, x[k + 1]!];
    const left = (y[k]! - y[k - 1]!) / (b - a);
    const right = (y[k + 1]! - y[k]!) / (c - b);
    return left + ((right - left) * (2 * at - a - b)) / (c - a);
  });
}
