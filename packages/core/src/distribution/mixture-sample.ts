import type { Noise } from "../noise.ts";
import { checkCount, checkLevel, type Level, row } from "./distribution.ts";
import type { Gaussian } from "./gaussian.ts";
import { normalCdf } from "./normal-cdf.ts";

/** Draws of a mixture at a level: draw 1 of the noise chooses each sample's component, draw 0 makes it. */
export function mixtureSample(
  weights: Float64Array,
  components: readonly Gaussian[],
  count: number,
  noise: Noise,
  level: Level,
): Float64Array {
  checkCount("gaussianMixture.sample", count);
  checkLevel("gaussianMixture.sample", level, false);
  const { size } = components[0]!;
  const out = new Float64Array(count * size);
  const choice = new Float64Array(count);
  noise(out, size, 0);
  noise(choice, 1, 1);
  const chosen = choice.map((z) => choose(weights, normalCdf(z)));
  components.forEach((component, k) => {
    const rows = Array.from(chosen.keys()).filter((n) => chosen[n] === k);
    const own: Noise = (z) => {
      for (const [i, n] of rows.entries()) z.set(row(out, size, n), i * size);
    };
    const draws = component.sample(rows.length, own, level);
    for (const [i, n] of rows.entries()) out.set(row(draws, size, i), n * size);
  });
  return out;
}

/** The first component whose cumulated weight exceeds `u`; one of weight 0 is never chosen. */
function choose(weights: Float64Array, u: number): number {
  let cumulated = 0;
  let last = 0;
  for (let k = 0; k < weights.length; k++) {
    if (weights[k]! === 0) continue;
    cumulated += weights[k]!;
    last = k;
    if (u < cumulated) break;
  }
  return last;
}
