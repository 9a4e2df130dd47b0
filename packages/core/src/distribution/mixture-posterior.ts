import { invalid } from "../invalid.ts";
import type { Samples } from "../samples.ts";
import { countOf, type Level, row } from "./distribution.ts";
import type { Gaussian } from "./gaussian.ts";
import { softmax } from "./softmax.ts";

/** Bayes' rule over components: p(k | x_t), count × components, and ln p_t(x). */
export function mixturePosterior(
  weights: Float64Array,
  components: readonly Gaussian[],
  x: Samples,
  level: Level,
): { posterior: Float64Array; logDensity: Float64Array } {
  const parts = components.length;
  const count = countOf("gaussianMixture", x, components[0]!.size);
  const posterior = new Float64Array(count * parts);
  components.forEach((component, k) => {
    const logWeight = Math.log(weights[k]!);
    const logs = component.logDensity(x, level);
    for (let n = 0; n < count; n++) posterior[n * parts + k] = logWeight + logs[n]!;
  });
  const logDensity = new Float64Array(count);
  for (let n = 0; n < count; n++) logDensity[n] = softmax(row(posterior, parts, n));
  return { posterior, logDensity };
}

/** p(class | x_t), count × classes, from p(k | x_t) and the class of each component. */
export function sumByClass(
  posterior: Float64Array,
  classes: ArrayLike<number>,
  parts: number,
): Float64Array {
  const list = Array.from(classes);
  if (list.length !== parts || !list.every((c) => Number.isInteger(c) && c >= 0)) {
    const rule = `classes must give each of ${parts} components its class, 0, 1, …`;
    throw invalid("gaussianMixture.classPosterior", rule, list);
  }
  const count = 1 + Math.max(...list);
  const out = new Float64Array((posterior.length / parts) * count);
  for (let i = 0; i < posterior.length; i++)
    out[Math.floor(i / parts) * count + list[i % parts]!]! += posterior[i]!;
  return out;
}
