/** dy/dt; must not keep or change `y`. */
export type Slope = (t: number, y: Float64Array) => Promise<Float64Array>;

/** Settings of {@link dormandPrince}. */
export interface DormandPrinceOptions {
  /** Error allowed per component and step: atol + rtol·|y|. */
  readonly rtol: number;
  readonly atol: number;
  /** First step to try, with sign; found by Hairer's rule when left out. */
  readonly firstStep?: number | undefined;
  /** Steps, accepted and rejected, before it gives up. Default 10000. */
  readonly maxSteps?: number;
}

/** What an integration gives. */
export interface DormandPrinceResult {
  readonly y: Float64Array;
  /** Sum over accepted steps of each component's |embedded error estimate|. */
  readonly error: Float64Array;
  /** The step to try next, for an integration that goes on from here. */
  readonly nextStep: number;
}

const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1];
const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
];
const B = [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84];
/** Fifth-order minus fourth-order weights, the last for the slope at the step's end. */
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/**
 * The adaptive Runge–Kutta pair 5(4) of Dormand & Prince 1980 from t0 to t1, either way, stepping with the fifth-order
 * result.
 *
 * Step control is scipy's RK45: safety 0.9, factors 0.2 to 10, root-mean-square error norm; the same calls at the same
 * tolerances. Six slopes a step, the last one kept for the next.
 */
export async function dormandPrince(
  slope: Slope,
  y0: Float64Array,
  t0: number,
  t1: number,
  { rtol, atol, firstStep, maxSteps = 10000 }: DormandPrinceOptions,
): Promise<DormandPrinceResult> {
  const direction = Math.sign(t1 - t0);
  const error = new Float64Array(y0.length);
  let y = y0;
  let t = t0;
  let k0 = await slope(t, y);
  let step = Math.abs(firstStep ?? (await guessStep(slope, t0, y0, k0, t1, rtol, atol)));
  let rejected = false;
  for (let tries = 0; direction * (t1 - t) > 0; tries++) {
    const smallest = 10 * Number.EPSILON * Math.max(Math.abs(t), Math.abs(t1));
    if (tries === maxSteps || step < smallest)
      throw new Error(
        `dormandPrince: no progress at t = ${t} after ${tries} steps; loosen rtol and atol, or start farther from a singular end`,
      );
    const h = direction * Math.min(step, Math.abs(t1 - t));
    const last = Math.abs(h) === Math.abs(t1 - t);
    const k = [k0];
    for (let stage = 1; stage < 6; stage++)
      k.push(await slope(t + C[stage]! * h, advance(y, h, k, A[stage]!)));
    const end = last ? t1 : t + h;
    const next = advance(y, h, k, B);
    k.push(await slope(end, next));
    const local = advance(new Float64Array(y.length), h, k, E);
    const norm = rms(local, y, next, rtol, atol);
    if (norm < 1) {
      const grow = norm === 0 ? 10 : Math.min(10, 0.9 * norm ** -0.2);
      step = Math.abs(h) * (rejected ? Math.min(1, grow) : grow);
      for (let i = 0; i < error.length; i++) error[i]! += Math.abs(local[i]!);
      [t, y, k0, rejected] = [end, next, k[6]!, false];
    } else {
      // A slope that is not finite fails every comparison and shortens the step, too.
      step = Math.abs(h) * Math.max(0.2, 0.9 * norm ** -0.2 || 0);
      rejected = true;
    }
  }
  return { y, error, nextStep: direction * step };
}

/** y + h Σ weights[s] · k[s] */
function advance(
  y: Float64Array,
  h: number,
  k: readonly Float64Array[],
  weights: readonly number[],
): Float64Array {
  const out = Float64Array.from(y);
  weights.forEach((weight, s) => {
    const slope = k[s]!;
    if (weight !== 0) for (let i = 0; i < out.length; i++) out[i]! += h * weight * slope[i]!;
  });
  return out;
}

/** √ mean (value/(atol + rtol·max(|a|, |b|)))² */
function rms(
  values: Float64Array,
  a: Float64Array,
  b: Float64Array,
  rtol: number,
  atol: number,
): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++)
    sum += (values[i]! / (atol + rtol * Math.max(Math.abs(a[i]!), Math.abs(b[i]!)))) ** 2;
  return Math.sqrt(sum / values.length);
}

/** A first step from the sizes of y, y′ and y″ (Hairer, Nørsett & Wanner, Solving ODEs I, II.4). */
async function guessStep(
  slope: Slope,
  t0: number,
  y0: Float64Array,
  k0: Float64Array,
  t1: number,
  rtol: number,
  atol: number,
): Promise<number> {
  const interval = Math.abs(t1 - t0);
  const d0 = rms(y0, y0, y0, rtol, atol);
  const d1 = rms(k0, y0, y0, rtol, atol);
  const h0 = Math.min(interval, d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : (0.01 * d0) / d1);
  const h = Math.sign(t1 - t0) * h0;
  const k1 = await slope(t0 + h, advance(y0, h, [k0], [1]));
  const d2 = rms(advance(k1, -1, [k0], [1]), y0, y0, rtol, atol) / h0;
  const h1 =
    d1 <= 1e-15 && d2 <= 1e-15 ? Math.max(1e-6, h0 * 1e-3) : (0.01 / Math.max(d1, d2)) ** 0.2;
  return Math.min(100 * h0, h1, interval);
}
