/** Digits of a class asked for, or of any: the small network with labels dropped, for guidance. `ssb train configs/mnist-classes.ts` */
import { defineConfig, PATCHED_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist-classes",
  data: { dataset: "mnist" },
  model: {
    className: "GaussianSkip",
    components: 128,
    // The last of the eleven labels stands for none.
    network: { className: "SmallUNet", ...PATCHED_MNIST, layersPerBlock: 2, numClassEmbeds: 11 },
  },
  // It goes on from the network without classes: the new blocks and classes change nothing at first.
  begin: "zoo:mnist",
  objective: {
    name: "simple",
    prediction: "epsilon",
    minSnr: 5,
    importance: true,
    dropLabels: 0.25,
  },
  optimiser: { rate: 1e-3, warmUp: 200, decay: "cosine", average: 0.999, muon: 0.4 },
  batch: 64,
  steps: 5000,
  every: { log: 100, checkpoint: 200, samples: 1000 },
  samples: { count: 66, steps: 20 },
});
