/** Digits in three calls from the Gaussian late start: `node packages/cli/scripts/distil.ts configs/mnist-distil.ts` */
import { defineDistil } from "@symbreak/trainer";

export default defineDistil({
  name: "mnist-distil",
  teacher: "zoo:mnist",
  // From just above t_S, index 545, where the data are still a Gaussian.
  timesteps: [550, 300, 130],
  // A squared error of the first step has grown twelvefold at the end, one of the second twofold.
  counts: [12, 1, 0.3],
  teacherSteps: 5,
  trajectories: 4096,
  seed: 100,
  optimiser: { rate: 1e-3, warmUp: 40, muon: 0.4, average: 0.995 },
  batch: 96,
  steps: 900,
});
