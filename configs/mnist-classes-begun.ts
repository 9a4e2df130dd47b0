/** The first half of `mnist-classes.ts`: the digits of zoo:mnist learn that there are classes. `ssb train configs/mnist-classes-begun.ts` */
import { defineConfig, PATCHED_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist-classes-begun",
  data: { dataset: "mnist" },
  model: {
    className: "GaussianSkip",
    components: 128,
    // The last of the eleven labels stands for none.
    network: { className: "SmallUNet", ...PATCHED_MNIST, numClassEmbeds: 11 },
  },
  // It goes on from the network without classes, at half the rate that this one ended with: what it knows is kept.
  begin: "zoo:mnist",
  objective: {
    name: "simple",
    prediction: "epsilon",
    minSnr: 5,
    importance: true,
    dropLabels: 0.2,
  },
  optimiser: { rate: 6e-4, warmUp: 80, decay: "cosine", average: 0.999, muon: 0.4 },
  batch: 32,
  steps: 2400,
  every: { log: 50, checkpoint: 100, samples: 1200 },
  samples: { count: 66, steps: 20 },
});
