import { source, type Take } from "../../figure/take.ts";
import { at, level } from "../../state/cursor.ts";
import { critical, sdeWalk, splits, state, twoClasses } from "./state.ts";

/** The room's figure to take home. */
export function take(): Take {
  return {
    name: "potential-splits",
    command: command(),
    typescript: typescript(),
    result: () => ({
      law: state.law.value,
      means: state.means.value,
      weights: state.weights.value,
      deviation: state.deviation.value,
      ...(state.law.value === "sphere" && { dimension: state.dimension.value }),
      guidance: state.guidance.value,
      eta: state.eta.value,
      seed: state.seed.value,
      timestep: at.value,
      level: level.value,
      splits: { potential: splits.potential.value, drift: splits.drift.value },
      critical: critical.value,
      samples: sdeWalk.value?.states.at(-1),
    }),
  };
}

/** `ssb theory` knows two classes and spheres. */
function command(): string | undefined {
  if (state.law.value === "sphere") return `ssb theory sphere --dimension ${state.dimension.value}`;
  const pair = twoClasses.value;
  if (pair === undefined) return undefined;
  if (pair.deviation === 0 && pair.mean === 1 && pair.weight === 0.5)
    return "ssb theory two-deltas";
  const { mean, deviation, weight } = pair;
  if (deviation === 0) return undefined;
  return `ssb theory mixture --mean ${source(mean)} --deviation ${source(deviation)} --weight ${source(weight)}`;
}

function typescript(): string {
  const { means, weights, deviation, dimension, count, seed, eta, guidance } = state;
  const sphere = state.law.value === "sphere";
  const guided = !sphere && guidance.value !== 0;
  const law = sphere
    ? `const law = hypersphere(${dimension.value});`
    : `const law = gaussianMixture({
  weights: ${source(weights.value)},
  means: ${source(means.value.map((mean) => [mean]))},
  covariances: ${source(means.value.map(() => deviation.value ** 2))},
});`;
  const denoiser = guided
    ? `const denoiser = classifierFree({
  conditional: exactDenoiser(law.conditional([${means.value.length - 1}])),
  unconditional: exactDenoiser(law),
  scale: ${source(guidance.value)},
});`
    : "const denoiser = exactDenoiser(law);";
  return `import { discreteSchedule, generativePotential, ${sphere ? "hypersphere" : "gaussianMixture"}, levelAt, timestepList } from "@symbreak/core";
import { ${guided ? "classifierFree, " : ""}ddim, exactDenoiser, sample } from "@symbreak/samplers";

const chain = discreteSchedule();
${law}
// The potential of the reverse SDE under the cursor, per unit of beta.
const x = new Float64Array([${sphere ? new Array(dimension.value).fill(0).join(", ") : "-1, 0, 1"}]);
console.log(generativePotential(law, x, levelAt(chain, ${source(Math.max(0, Math.round(at.value)))})));

${denoiser}
const { samples } = await sample({
  denoiser,
  process: chain,
  solver: ddim({ eta: ${source(eta.value)} }), // 1: the SDE, 0: the probability flow
  grid: timestepList(Array.from({ length: 200 }, (_, i) => 999 - 5 * i)),
  count: ${count.value},
  seed: ${seed.value},
  precision: "float64",
});
console.log(samples);`;
}
