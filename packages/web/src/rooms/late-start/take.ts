import type { NoiseLevel } from "@symbreak/core";
import { source, type Take } from "../../figure/take.ts";
import {
  automatic,
  curve,
  floor,
  late,
  lateLevels,
  law,
  noise,
  noiseLevels,
  settings,
  start,
  state,
} from "./state.ts";

/** The late start's figure to take home; no command samples a law in the plane, so a program does. */
export function take(): Take {
  const { count, seed } = settings.value;
  const components = law.value.components.map(({ moments }) => Array.from(moments.mean));
  const variance = covarianceOf();
  return {
    name: "start-late",
    typescript: `import { slicedWasserstein } from "@symbreak/analysis";
import { discreteSchedule, gaussianMixture, levelAt, levelList, philoxNoise } from "@symbreak/core";
import { exactDenoiser, gaussianLateStart, sample, solverOf } from "@symbreak/samplers";

const means = ${source(components)};
const law = gaussianMixture({
  weights: means.map(() => 1),
  means,
  covariances: means.map(() => ${source(variance)}),
});
const chain = discreteSchedule();
const run = {
  denoiser: exactDenoiser(law),
  process: chain,
  solver: solverOf({ name: ${source(state.solver.value)} }),
  count: ${count},
  seed: ${seed},
  precision: "float64",
} as const;
const exact = law.sample(${count}, philoxNoise(2 ** 40));

const noise = await sample({
  ...run,
  grid: levelList(${levelsSource(noiseLevels.value)}),
});
const late = await sample({
  ...run,
  grid: levelList(${levelsSource(lateLevels.value)}),
  start: gaussianLateStart(law.moments(), levelAt(chain, ${start.value})),
});
console.log(noise.nfe, slicedWasserstein(noise.samples, exact, 2));
console.log(late.nfe, slicedWasserstein(late.samples, exact, 2));`,
    result: () => ({
      law: state.law.value,
      ...settings.value,
      start: start.value,
      noise: {
        nfe: noise.value?.walk.nfe,
        levels: noiseLevels.value,
        distance: noise.value?.distance,
      },
      late: { nfe: late.value?.walk.nfe, levels: lateLevels.value, distance: late.value?.distance },
      floor: floor.value,
      curve: curve.value,
      automatic: automatic.value,
    }),
  };
}

/** Levels as source text, every digit of them. */
function levelsSource(levels: readonly NoiseLevel[]): string {
  return JSON.stringify(levels.map(({ alpha, sigma, timestep }) => ({ alpha, sigma, timestep })));
}

/** The variance that all components share. */
function covarianceOf(): number {
  const { covariance } = law.value.components[0]!.moments;
  return covariance.kind === "spectral" ? covariance.residual : covariance.variances[0]!;
}
