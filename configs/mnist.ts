/** Good digits in about an hour on two CPU cores: the zoo's. `ssb train configs/mnist.ts` */
import { defineConfig, PATCHED_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist",
  data: { dataset: "mnist" },
  model: {
    className: "GaussianSkip",
    components: 128,
    network: { className: "SmallUNet", ...PATCHED_MNIST },
  },
  objective: { name: "simple", prediction: "epsilon", minSnr: 5, importance: true },
  optimiser: {
    rate: 1.5e-3,
    warmUp: 300,
    decay: "cosine",
    average: 0.999,
    muon: 0.4,
    restarts: [{ step: 10000, rate: 7.5e-4 }],
  },
  batch: 64,
  steps: 14000,
  every: { log: 100, checkpoint: 500, samples: 1000 },
  samples: { count: 64, steps: 20 },
});
