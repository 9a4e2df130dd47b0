/** A step's weights: of the prediction at its start, and of each other prediction's difference from that. */
export interface UniPcWeights {
  /** h φ1(h) = e^h − 1. */
  readonly base: number;
  /** B(h) ρ_k / r_k. */
  readonly rho: readonly number[];
}

/**
 * The weights of UniP and UniC (Zhao et al. 2023, theorem 3.1): ρ solves R ρ = φ/B with R_{qk} = r_k^{q−1}.
 *
 * `h` is signed as the exponential in the integral; `ratios` say where the past predictions lie, in steps; the corrector
 * has one node more, at r = 1. With a single unknown ρ = 1/2 stands for the solution, as the authors have it.
 */
export function uniPcWeights(
  h: number,
  ratios: readonly number[],
  type: "bh1" | "bh2",
  corrector: boolean,
): UniPcWeights {
  const base = Math.expm1(h);
  const scale = type === "bh1" ? h : base;
  const nodes = corrector ? [...ratios, 1] : ratios;
  const rho = nodes.length === 1 ? [1 / 2] : solve(nodes, moments(h, scale, nodes.length));
  return { base, rho: rho.map((weight, k) => (scale * weight) / nodes[k]!) };
}

/** b_q = h φ_{q+1}(h) q! / B(h) for q = 1 … count. */
function moments(h: number, scale: number, count: number): number[] {
  let phi = Math.expm1(h) / h - 1;
  let factorial = 1;
  return Array.from({ length: count }, (_, k) => {
    const moment = (phi * factorial) / scale;
    factorial *= k + 2;
    phi = phi / h - 1 / factorial;
    return moment;
  });
}

/** Solves Σ_k nodes_k^q x_k = b_q (q = 0, 1, …) by elimination along the nodes (Björck & Pereyra 1970). */
function solve(nodes: readonly number[], b: readonly number[]): number[] {
  const x = [...b];
  const n = x.length;
  for (let k = 0; k < n - 1; k++)
    for (let i = n - 1; i > k; i--) x[i] = x[i]! - nodes[k]! * x[i - 1]!;
  for (let k = n - 2; k >= 0; k--) {
    for (let i = k + 1; i < n; i++) x[i] = x[i]! / (nodes[i]! - nodes[i - k - 1]!);
    for (let i = k; i < n - 1; i++) x[i] = x[i]! - x[i + 1]!;
  }
  return x;
}
