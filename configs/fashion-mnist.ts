/** Clothes in six minutes on a GPU: the zoo's. Its 1.28 million images take two CPU cores more than an hour. `ssb train configs/fashion-mnist.ts` */
import { defineConfig, PATCHED_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "fashion-mnist",
  data: { dataset: "fashion-mnist" },
  model: {
    className: "GaussianSkip",
    components: 128,
    network: { className: "SmallUNet", ...PATCHED_MNIST },
  },
  objective: { name: "simple", prediction: "epsilon", minSnr: 5, importance: true },
  optimiser: { rate: 2e-3, warmUp: 150, decay: "cosine", average: 0.998, muon: 0.4 },
  // As fast as a smaller batch on a GPU, where the number of operations decides.
  batch: 256,
  steps: 5000,
  every: { log: 50, checkpoint: 1000, samples: 5000 },
  samples: { count: 64, steps: 20 },
});
