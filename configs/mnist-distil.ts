/** Digits in three calls from the Gaussian late start: `ssb distil configs/mnist-distil.ts` */
import { defineDistil } from "@symbreak/trainer";

export default defineDistil({
  name: "mnist-distil",
  teacher: "zoo:mnist",
  // From just above t_S, index 545, where the data are still a Gaussian.
  timesteps: [550, 410, 340, 200],
  // New noise after each call forgives what the first, in which the classes part, gets wrong.
  ends: "last",
  walk: [550, 410, 200],
  teacherTimesteps: [550, 480, 410, 340, 270, 200, 130, 60],
  trajectories: 4096,
  seed: 100,
  optimiser: { rate: 1e-3, warmUp: 30, muon: 0.4, average: 0.99 },
  batch: 48,
  steps: 950,
});
