import { checkKeys, invalid, multiply, ou } from "@symbreak/core";
import { symmetricEigen } from "@symbreak/core/linalg";
import { waveMoments } from "./random-waves.ts";

/** A score model of random features and its data. */
export interface WaveTrainingOptions {
  /** Dimension d of the data, N(0, I). */
  readonly dimension: number;
  /** Features p; many more than samples, to memorise. */
  readonly features: number;
  /** Training samples n. */
  readonly samples: number;
  /** OU time t at which the score is learned. Default 0.05. */
  readonly ouTime?: number;
  /** How finely features see the data: deviation of a frequency along a unit vector, times √d. Default 1.5. */
  readonly frequency?: number;
  /** Gap of the losses at which τ_mem is called, as a share of the untrained loss. Default 0.2. */
  readonly gap?: number;
  /** Training times, ascending. Default 60 in geometric sequence over all that happens. */
  readonly times?: readonly number[];
  /** Of data and features. Default 0. */
  readonly seed?: number;
}

/** The losses at one training time: sigma² E|s + epsilon/sigma|²/d, 1 untrained. */
export interface WaveTrainingAt {
  readonly time: number;
  /** Over the training samples and all their noise. */
  readonly train: number;
  /** Over the law. */
  readonly test: number;
}

/** Generalisation and memorisation of a model whose training is a formula. */
export interface WaveTraining {
  readonly kind: "waveTraining";
  readonly curve: readonly WaveTrainingAt[];
  /** First time at which the test loss has gone nine tenths of the way to its least; null where it does not fall. */
  readonly tauGen: number | null;
  /** First time at which test − train exceeds `gap`; null where it does not. */
  readonly tauMem: number | null;
  /** Of the least test loss: where to stop. */
  readonly tauBest: number;
  /** Of the feature covariance, descending: its modes are learned at times 1/eigenvalue. */
  readonly eigenvalues: readonly number[];
}

const KEYS = ["dimension", "features", "samples", "ouTime", "frequency", "gap", "times", "seed"];

/**
 * The two times of training in closed form (after Bonnaire, Urfin, Biroli & Mézard 2025, arXiv 2505.17638): a score
 * s = A φ(x)/√p of fixed random waves, of which gradient flow dA/dτ = −(A U + Gᵀ) trains A on n samples and all noise about
 * them. It generalises at τ_gen, which hardly depends on n, and memorises at τ_mem ∝ n, since one sample weighs 1/n.
 *
 * No training and no sampling: averages over noise and over the law are exact, and the flow is solved in the eigenbasis of U.
 * Costs p³.
 */
export function waveTraining(options: WaveTrainingOptions): WaveTraining {
  const where = "waveTraining";
  checkKeys(where, options, KEYS);
  const { dimension, features, samples, ouTime = 0.05, frequency = 1.5 } = options;
  const { gap = 0.2, seed = 0 } = options;
  for (const [name, value] of Object.entries({ dimension, features, samples }))
    if (!Number.isInteger(value) || value < 1)
      throw invalid(where, `${name} must be a positive integer`, value);
  for (const [name, value] of Object.entries({ ouTime, frequency, gap }))
    if (!(value > 0 && value < Infinity))
      throw invalid(where, `${name} must be positive and finite`, value);
  const level = ou().level(ouTime);
  const { own, law } = waveMoments({ dimension, features, samples, frequency, seed }, level);
  const [p, d] = [features, dimension];

  // One eigenvector a row; everything is turned into their basis.
  const { values, vectors } = symmetricEigen(own.covariance, p);
  const turned = (pull: Float64Array) => multiply(vectors, pull, { rows: p, inner: p, columns: d });
  const [g, lawPull] = [turned(own.pull), turned(law.pull)];
  const half = multiply(vectors, law.covariance, { rows: p, inner: p, columns: p });
  const lawMatrix = multiply(half, vectors, { rows: p, inner: p, columns: p, transposeB: true });
  const eigenvalues = values.map((value) => Math.max(0, value));
  const scale = level.sigma ** 2 / d;
  const lossesAt = (time: number): WaveTrainingAt => {
    // A = −g (1 − e^{−λτ})/λ.
    const a = g.map((pull, at) => -pull * reached(eigenvalues[Math.floor(at / d)]!, time));
    const moved = multiply(lawMatrix, a, { rows: p, inner: p, columns: d });
    let [train, test] = [1, 1];
    for (let i = 0; i < a.length; i++) {
      train += scale * a[i]! * (eigenvalues[Math.floor(i / d)]! * a[i]! + 2 * g[i]!);
      test += scale * a[i]! * (moved[i]! + 2 * lawPull[i]!);
    }
    return { time, train, test };
  };
  const first = 0.1 / eigenvalues[0]!;
  const { times = Array.from({ length: 60 }, (_, k) => first * 10 ** (k / 7)) } = options;
  if (times.length === 0 || times.some((time, i) => !(time > (times[i - 1] ?? 0))))
    throw invalid(where, "times must be positive and ascend", times);
  const curve = times.map(lossesAt);
  const best = curve.reduce((least, at) => (at.test < least.test ? at : least));
  const good = best.test + 0.1 * (1 - best.test);
  return {
    kind: "waveTraining",
    curve,
    tauGen: best.test < 1 ? crossing(curve, ({ test }) => good - test) : null,
    tauMem: crossing(curve, ({ test, train }) => test - train - gap),
    tauBest: best.time,
    eigenvalues: Array.from(eigenvalues),
  };
}

/** (1 − e^{−λτ})/λ; τ where λ is nothing. */
function reached(eigenvalue: number, time: number): number {
  return eigenvalue * time < 1e-12 ? time : -Math.expm1(-eigenvalue * time) / eigenvalue;
}

/** Where a function first rises through 0, linear in ln τ between points; null where it does not. */
function crossing(
  curve: readonly WaveTrainingAt[],
  f: (at: WaveTrainingAt) => number,
): number | null {
  const after = curve.findIndex((at) => f(at) >= 0);
  const [p, q] = [curve[after - 1], curve[after]];
  if (p === undefined || q === undefined) return q?.time ?? null;
  const share = f(p) / (f(p) - f(q));
  return p.time * (q.time / p.time) ** share;
}
