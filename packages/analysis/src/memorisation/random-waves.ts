import { type Level, multiply, philoxNoise, philoxUniform } from "@symbreak/core";

/** Second moments of random waves under noise: all that gradient flow sees of a law. */
export interface WaveMoments {
  /** E φφᵀ/p, p × p. */
  readonly covariance: Float64Array;
  /** E φ epsilonᵀ/(sigma √p), p × d. */
  readonly pull: Float64Array;
}

/** Which waves, and of which data. */
export interface Waves {
  readonly dimension: number;
  readonly features: number;
  readonly samples: number;
  /** Deviation of a frequency along a unit vector, times √d. */
  readonly frequency: number;
  readonly seed: number;
}

/**
 * Moments of p random waves φ_i(x) = √2 cos(w_i·x + b_i) at x = alpha x0 + sigma epsilon, averaged exactly over all noise: about
 * `samples` draws of N(0, I) ("own"), and over that whole law ("law", for a variance-preserving level N(0, I) again).
 */
export function waveMoments(
  { dimension: d, features: p, samples: n, frequency, seed }: Waves,
  { alpha, sigma }: Level,
): { readonly own: WaveMoments; readonly law: WaveMoments } {
  const normals = (count: number, stream: number) => {
    const out = new Float64Array(count * d);
    philoxNoise(seed, [stream])(out, out.length, 0);
    return out;
  };
  const w = normals(p, 0).map((z) => (frequency * z) / Math.sqrt(d));
  const b = new Float64Array(p);
  philoxUniform(seed)(b, p, 1);
  for (let i = 0; i < p; i++) b[i]! *= 2 * Math.PI;

  const phases = multiply(w, normals(n, 1), { rows: p, inner: d, columns: n, transposeB: true });
  for (let i = 0; i < phases.length; i++) phases[i] = alpha * phases[i]! + b[Math.floor(i / n)]!;
  const [cosine, sine] = [phases.map(Math.cos), phases.map(Math.sin)];
  const shape = { rows: p, inner: n, columns: p, transposeB: true };
  const [cc, ss] = [multiply(cosine, cosine, shape), multiply(sine, sine, shape)];
  const dots = multiply(w, w, { rows: p, inner: d, columns: p, transposeB: true });

  const own = { covariance: new Float64Array(p * p), pull: new Float64Array(p * d) };
  const law = { covariance: new Float64Array(p * p), pull: new Float64Array(p * d) };
  for (let i = 0; i < p; i++) {
    const square = dots[i * p + i]!;
    for (let j = 0; j < p; j++) {
      const at = i * p + j;
      const squares = square + dots[j * p + j]!;
      // 2 cos u cos v is a wave of the difference and one of the sum; the noise damps both.
      const [minus, plus] = [squares - 2 * dots[at]!, squares + 2 * dots[at]!];
      const damped = (of: number) => Math.exp(-0.5 * sigma * sigma * of) / (n * p);
      own.covariance[at] = damped(minus) * (cc[at]! + ss[at]!) + damped(plus) * (cc[at]! - ss[at]!);
      const spread = (of: number, phase: number) => (Math.exp(-0.5 * of) * Math.cos(phase)) / p;
      law.covariance[at] = spread(minus, b[i]! - b[j]!) + spread(plus, b[i]! + b[j]!);
    }
    // E cos(u) epsilon = −sigma w e^{−sigma²|w|²/2} sin(u without noise).
    let mean = 0;
    for (let m = 0; m < n; m++) mean += sine[i * n + m]! / n;
    const scale = -Math.sqrt(2 / p);
    for (let k = i * d; k < (i + 1) * d; k++) {
      own.pull[k] = scale * w[k]! * Math.exp(-0.5 * sigma * sigma * square) * mean;
      law.pull[k] = scale * w[k]! * Math.exp(-0.5 * square) * Math.sin(b[i]!);
    }
  }
  return { own, law };
}
