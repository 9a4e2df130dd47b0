import { source, type Take } from "../../figure/take.ts";
import { exactPhi, fan, measured, speciation, state, turns } from "./state.ts";

/** The cloning figure to take home. */
export function takeClones(): Take {
  const { mean, deviation, weight, seed, cloned, particle, guess } = state;
  return {
    name: "clones",
    command: commandOf(mean.value, deviation.value, weight.value),
    typescript: `import { cloning } from "@symbreak/analysis";
import { discreteSchedule, gaussianMixture, timestepList } from "@symbreak/core";
import { ddim, exactDenoiser } from "@symbreak/samplers";

const law = gaussianMixture({
  weights: ${source([1 - weight.value, weight.value])},
  means: ${source([[-mean.value], [mean.value]])},
  covariances: ${source([deviation.value ** 2, deviation.value ** 2])},
});
const { phi, crossing } = await cloning({
  denoiser: exactDenoiser(law),
  process: discreteSchedule(),
  solver: ddim({ eta: 1 }), // the reverse SDE
  grid: timestepList(Array.from({ length: 200 }, (_, i) => 999 - 5 * i)),
  ouTimes: [2, 1.5, 1.2, 1, 0.8, 0.6, 0.4, 0.2],
  count: 500,
  seed: ${seed.value},
  classify: (x) => ({ labels: Array.from(x, (value) => (value > 0 ? 1 : 0)) }),
});
console.log(phi, crossing);`,
    result: () => ({
      mean: mean.value,
      deviation: deviation.value,
      weight: weight.value,
      seed: seed.value,
      guess: guess.value,
      speciation: speciation.value,
      cloned: particle.value < 0 ? null : { particle: particle.value, timestep: cloned.value },
      ends: fan.value?.classes,
      trajectories: measured.value?.trajectories,
      ...measured.value?.curve,
      exact: measured.value?.curve.phi.map(({ ddpmIndex }) => exactPhi(ddpmIndex ?? 999)),
      turns: turns.value?.curve,
    }),
  };
}

/** `ssb clone --mixture` has its classes at ±(1, …, 1) in d dimensions: along their line that is a mean of √d. */
function commandOf(mean: number, deviation: number, weight: number): string {
  const dimensions = mean ** 2;
  if (weight !== 0.5 || Math.abs(dimensions - Math.round(dimensions)) > 1e-9)
    return `ssb theory mixture --mean ${source(mean)} --deviation ${source(deviation)} --weight ${source(weight)}`;
  return `ssb clone --mixture --dim ${Math.round(dimensions)} --deviation ${source(deviation)}`;
}
