import { invalid, type Samples } from "@symbreak/core";
import { dormandPrince } from "../sde/dormand-prince.ts";
import { flowTime, flowTimeAt } from "../sde/flow-frame.ts";
import { processPath } from "../sde/path.ts";
import { combine } from "../solvers/combine.ts";
import { connect } from "../solvers/connect.ts";
import { byDifferences, byProduct, rademacherProbes, unitProbes } from "./divergence.ts";
import type { LogLikelihoodOptions } from "./log-likelihood.ts";
import { priorAt } from "./prior.ts";

/** ln p of one sample, with its errors (see `LikelihoodError`), nats. */
export interface FlowLikelihood {
  readonly nats: number;
  readonly integration: number;
  readonly divergence: number;
  readonly prior: number;
  readonly truncation: number;
  readonly evaluations: number;
}

/** How much looser the run is that the integration error is judged by. */
const LOOSER = 10;

/** The likelihood of single samples; the settings are checked and prepared once. */
export function flowLikelihood(
  options: LogLikelihoodOptions,
  size: number,
): (x0: Samples, index: number) => Promise<FlowLikelihood> {
  const { denoiser, data, from, to, product, rtol = 1e-6, atol = 1e-6 } = options;
  const { condition, signal } = options;
  const { probes = size <= 16 ? "exact" : 4, seed = 0 } = options;
  if (probes !== "exact" && !(Number.isInteger(probes) && probes > 0))
    throw invalid("logLikelihood", 'probes must be "exact" or a positive integer', probes);
  const path = processPath(options.process);
  const network = connect("logLikelihood", denoiser, data, [to, from], { condition, signal });
  const prior = priorAt(to, size, options.moments);
  const [start, end] = [flowTime(from), flowTime(to)];

  return async (x0, index) => {
    const vectors =
      probes === "exact" ? unitProbes(size) : rademacherProbes(probes, size, seed, index);
    const linearise =
      product === undefined
        ? byDifferences(network, denoiser, vectors)
        : byProduct(network, denoiser, vectors, product);
    // The exact trace is the sum of its forms; each random form is an estimate of its own.
    const traces = (forms: Float64Array) =>
      probes === "exact" ? Float64Array.of(sum(forms)) : forms;

    let calls = 0;
    const linearised = async (u: number, state: Float64Array) => {
      calls++;
      const { a } = flowTimeAt(u);
      const level = path(-2 * u);
      const x = state.map((value) => (value * level.alpha) / a);
      const { denoised, forms } = await linearise(x, level, index);
      const divergences = traces(forms).map((trace) => a * a * size - level.alpha * trace);
      return { a, level, x, denoised, divergences, trace: mean(traces(forms)) };
    };
    // The state is ξ (see FlowTime), then ∫ div for each estimate of the trace.
    const slope = async (u: number, y: Float64Array): Promise<Float64Array> => {
      const state = y.subarray(0, size);
      const { a, denoised, divergences } = await linearised(u, state);
      return Float64Array.of(...combine([a * a, state], [-a, denoised]), ...divergences);
    };
    const scale = to.alpha / end.a;
    const run = async (looser: number) => {
      const y0 = new Float64Array(size + (probes === "exact" ? 1 : probes));
      for (let i = 0; i < size; i++) y0[i] = start.a * x0[i]!;
      const tolerance = { rtol: rtol * looser, atol: atol * looser };
      const { y, error } = await dormandPrince(slope, y0, start.u, end.u, tolerance);
      const [state, volumes] = [y.subarray(0, size), y.subarray(size)];
      const density = prior.logDensity(state.map((value) => scale * value));
      return {
        y0,
        state,
        volumes,
        volume: mean(volumes),
        local: mean(error.subarray(size)),
        density,
      };
    };
    const fine = await run(1);
    const coarse = await run(LOOSER);

    const first = await linearised(start.u, fine.y0.subarray(0, size));
    let truncation = Math.abs(mean(first.divergences));
    for (let i = 0; i < size; i++)
      truncation +=
        ((first.x[i]! - first.level.alpha * first.denoised[i]!) / first.level.sigma) ** 2;
    // ln(p/prior) = g(mean)·Δ + ½ Δᵀ ∇g Δ + a constant that makes it 0 on average, Δ = x − mean.
    const last = await linearised(end.u, fine.state);
    const centre = await linearised(
      end.u,
      prior.mean.map((value) => value / scale),
    );
    const [there, here] = [prior.excess(last), prior.excess(centre)];
    let [linear, quadratic] = [0, 0];
    for (let i = 0; i < size; i++) {
      const deviation = last.x[i]! - prior.mean[i]!;
      linear += deviation * here[i]!;
      quadratic += deviation * (there[i]! - here[i]!);
    }
    const trace =
      prior.variance * ((to.alpha * last.trace - size) / to.sigma ** 2 - prior.divergence);
    return {
      nats: fine.density + fine.volume + size * Math.log(scale * start.a),
      integration:
        fine.local +
        Math.abs(fine.volume - coarse.volume) +
        Math.abs(fine.density - coarse.density),
      divergence: probes === "exact" ? 0 : standardError(fine.volumes),
      prior: Math.abs(linear) + 0.5 * Math.abs(quadratic) + 0.5 * Math.abs(trace),
      truncation: 0.5 * truncation,
      evaluations: calls * (1 + ((product === undefined ? 2 : 1) * vectors.length) / size),
    };
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

/** Of the mean; NaN of a single value. */
function standardError(values: Float64Array): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
