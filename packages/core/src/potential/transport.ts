/** A density on a line under dx = drift dτ + √2 dW, and how finely to follow it. */
export interface Transport {
  /** At a place, and a share of the whole duration from 0 to 1. */
  readonly drift: (x: number, share: number) => number;
  readonly duration: number;
  readonly steps: number;
  readonly from: number;
  readonly to: number;
  readonly cells: number;
  /** At the start. */
  readonly density: (x: number) => number;
}

/** Mean and variance of a law on a line. */
export interface Moments1D {
  readonly mean: number;
  readonly variance: number;
}

/** The standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/**
 * Mean and variance at the end of a Fokker–Planck equation ∂p/∂τ = ∂(∂p/∂x − drift p)/∂x between walls.
 *
 * Exponentially fitted fluxes (Scharfetter & Gummel 1969), which keep mass and sign whatever the drift, in Crank–Nicolson
 * steps: second order in both.
 */
export function transport(options: Transport): Moments1D {
  const { drift, duration, steps, from, to, cells, density } = options;
  const width = (to - from) / cells;
  const centre = (i: number) => from + (i + 0.5) * width;
  const p = Float64Array.from({ length: cells }, (_, i) => density(centre(i)));
  const [lower, diagonal, upper] = [0, 1, 2].map(() => new Float64Array(cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const half = (0.5 * duration) / steps / (width * width);
  const right = new Float64Array(cells);
  for (let step = 0; step < steps; step++) {
    diagonal.fill(0);
    lower.fill(0);
    upper.fill(0);
    for (let i = 1; i < cells; i++) {
      // The flux through the wall between cells i − 1 and i is (B(−v) p_{i−1} − B(v) p_i)/width.
      const v = width * drift(from + i * width, (step + 0.5) / steps);
      const [out, back] = [bernoulli(-v), bernoulli(v)];
      diagonal[i - 1]! -= out;
      upper[i - 1]! += back;
      lower[i]! += out;
      diagonal[i]! -= back;
    }
    for (let i = 0; i < cells; i++)
      right[i] =
        p[i]! +
        half *
          (diagonal[i]! * p[i]! +
            (i > 0 ? lower[i]! * p[i - 1]! : 0) +
            (i < cells - 1 ? upper[i]! * p[i + 1]! : 0));
    solve(lower, diagonal, upper, half, right, p);
  }
  let [total, first, second] = [0, 0, 0];
  for (let i = 0; i < cells; i++) {
    const x = centre(i);
    total += p[i]!;
    first += p[i]! * x;
    second += p[i]! * x * x;
  }
  const mean = first / total;
  return { mean, variance: second / total - mean * mean };
}

/** v/(eᵛ − 1) */
function bernoulli(v: number): number {
  return Math.abs(v) < 1e-5 ? 1 - v / 2 : v / Math.expm1(v);
}

/** Solves (1 − half·A) out = right for the tridiagonal A, by elimination. */
function solve(
  lower: Float64Array,
  diagonal: Float64Array,
  upper: Float64Array,
  half: number,
  right: Float64Array,
  out: Float64Array,
): void {
  const cells = right.length;
  const factor = new Float64Array(cells);
  let pivot = 1 - half * diagonal[0]!;
  out[0] = right[0]! / pivot;
  for (let i = 1; i < cells; i++) {
    factor[i] = (-half * upper[i - 1]!) / pivot;
    pivot = 1 - half * diagonal[i]! + half * lower[i]! * factor[i]!;
    out[i] = (right[i]! + half * lower[i]! * out[i - 1]!) / pivot;
  }
  for (let i = cells - 2; i >= 0; i--) out[i]! -= factor[i + 1]! * out[i + 1]!;
}
