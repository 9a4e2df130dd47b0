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

const SOURCES: Readonly<Record<string, string>> = {
  "dpm++": "dpmMultistep",
  unipc: "uniPc",
};

/** The late start's figure to take home; no command samples a law in the plane, so a program does. */
export function take(): Take {
  const { steps, count, seed } = settings.value;
  const solver = SOURCES[state.solver.value] ?? state.solver.value;
  const components = law.value.components.map(({ moments }) => Array.from(moments.mean));
  const variance = covarianceOf();
  return {
    name: "start-late",
    typescript: `import { slicedWasserstein } from "@symbreak/analysis";
import { discreteSchedule, gaussianMixture, levels, philoxNoise } from "@symbreak/core";
import { ${solver}, exactDenoiser, gaussianLateStart, sample } from "@symbreak/samplers";

const means = ${source(components)};
const law = gaussianMixture({
  weights: means.map(() => 1),
  means,
  covariances: means.map(() => ${source(variance)}),
});
const chain = discreteSchedule();
const run = { denoiser: exactDenoiser(law), solver: ${solver}, count: ${count}, seed: ${seed}, precision: "float64" } as const;
const exact = law.sample(${count}, philoxNoise(2 ** 40));

const noise = await sample({ ...run, levels: levels(chain, ${timesteps(noiseLevels.value)}) });
const lateLevels = levels(chain, ${timesteps(lateLevels.value)});
const late = await sample({
  ...run,
  levels: lateLevels,
  start: gaussianLateStart(law.moments(), lateLevels[0]!),
});
console.log(noise.nfe, slicedWasserstein(noise.samples, exact, 2));
console.log(late.nfe, slicedWasserstein(late.samples, exact, 2));`,
    result: () => ({
      law: state.law.value,
      ...settings.value,
      steps,
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

function timesteps(
  levels: readonly { readonly sigma: number; readonly timestep: number }[],
): string {
  return source(levels.filter(({ sigma }) => sigma > 0).map(({ timestep }) => timestep));
}

/** The variance that all components share. */
function covarianceOf(): number {
  const { covariance } = law.value.components[0]!.moments;
  return covariance.kind === "spectral" ? covariance.residual : covariance.variances[0]!;
}
