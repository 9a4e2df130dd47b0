/**
 * Digits of a class asked for, or of any: the small network with labels dropped, for guidance. After
 * `ssb train configs/mnist-classes-begun.ts`: `ssb train configs/mnist-classes.ts`
 */
import { defineConfig, PATCHED_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist-classes",
  data: { dataset: "mnist" },
  model: {
    className: "GaussianSkip",
    components: 128,
    // The last of the eleven labels stands for none.
    network: { className: "SmallUNet", ...PATCHED_MNIST, numClassEmbeds: 11 },
  },
  begin: "runs/mnist-classes-begun",
  objective: {
    name: "simple",
    prediction: "epsilon",
    minSnr: 5,
    importance: true,
    dropLabels: 0.2,
  },
  // The classes, which began at zero, are what is still to be learned.
  optimiser: {
    rate: 8e-4,
    warmUp: 10,
    decay: "cosine",
    average: 0.98,
    muon: 0.4,
    classRate: 40,
  },
  batch: 32,
  steps: 200,
  every: { log: 25, checkpoint: 100, samples: 200 },
  samples: { count: 66, steps: 20 },
});
