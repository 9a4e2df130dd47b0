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
      temperature: state.temperature.value,
      seed: state.seed.value,
      timestep: at.value,
      level: level.value,
      splits: { potential: splits.potential.value, drift: splits.drift.value },
      critical: critical.value,
      samples: sdeWalk.value?.states.at(-1),
    }),
  };
}

/** The law's critical times by `ssb theory`; guided classes of width 1 also have their overshoot there. */
function command(): string {
  const { law, dimension, means, weights, deviation, guidance } = state;
  if (law.value === "sphere") return `ssb theory sphere --dimension ${dimension.value}`;
  const pair = twoClasses.value;
  const guided = guidance.value !== 0 && pair?.weight === 0.5 && pair.deviation === 1;
  if (guided)
    return `ssb theory guidance --weights ${source(guidance.value)} --means ${source(pair.mean)}`;
  if (pair?.deviation === 0 && pair.mean === 1 && pair.weight === 0.5)
    return "ssb theory two-deltas";
  if (pair !== undefined && pair.deviation > 0)
    return `ssb theory mixture --mean ${source(pair.mean)} --deviation ${source(pair.deviation)} --weight ${source(pair.weight)}`;
  return `ssb theory mixture --means=${means.value.map(source)} --weights ${weights.value.map(source)} --deviation ${source(deviation.value)}`;
}

function typescript(): string {
  const { means, weights, deviation, dimension, count, seed, eta, temperature, guidance } = state;
  const sphere = state.law.value === "sphere";
  const guided = !sphere && guidance.value !== 0;
  const heated = temperature.value !== 1;
  const noise = heated
    ? `const philox = philoxNoise(${seed.value});
/** The noise on the way has another temperature; where the particles begin (draw 0) stays. */
function heated(out: Samples, size: number, draw: number): void {
  philox(out, size, draw);
  if (draw > 0) out.forEach((z, i) => (out[i] = ${source(Math.sqrt(temperature.value))} * z));
}
`
    : "";
  const core = [
    "discreteSchedule",
    sphere ? "hypersphere" : "gaussianMixture",
    "generativePotential",
    "levelAt",
    ...(heated ? ["philoxNoise", "type Samples"] : []),
    "timestepList",
  ];
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
  return `import { ${core.join(", ")} } from "@symbreak/core";
import { ${guided ? "classifierFree, " : ""}ddim, exactDenoiser, sample } from "@symbreak/samplers";

const chain = discreteSchedule();
${law}
// The potential of the reverse SDE under the cursor, per unit of beta.
const x = new Float64Array([${sphere ? new Array(dimension.value).fill(0).join(", ") : "-1, 0, 1"}]);
console.log(generativePotential(law, x, levelAt(chain, ${source(Math.max(0, Math.round(at.value)))})));

${denoiser}
${noise}const { samples } = await sample({
  denoiser,
  process: chain,
  solver: ddim({ eta: ${source(eta.value)} }), // 1: the SDE, 0: the probability flow
  grid: timestepList(Array.from({ length: 200 }, (_, i) => 999 - 5 * i)),
  count: ${count.value},
  ${heated ? "noise: heated" : `seed: ${seed.value}`},
  precision: "float64",
});
console.log(samples);`;
}
