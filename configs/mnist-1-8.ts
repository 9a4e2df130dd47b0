/** Ones and eights, the two classes of arXiv 2402.18491, in its units: a network to see speciation on. `ssb train configs/mnist-1-8.ts` */
import { defineConfig, PATCHED_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist-1-8",
  data: { dataset: "mnist", classes: [1, 8], perClass: 5000, pad: 32, scale: "unit" },
  model: {
    className: "GaussianSkip",
    components: 128,
    network: { className: "SmallUNet", ...PATCHED_MNIST, sampleSize: 32 },
  },
  objective: { name: "simple", prediction: "epsilon", minSnr: 5, importance: true },
  optimiser: { rate: 1.5e-3, warmUp: 200, decay: "cosine", average: 0.998, muon: 0.4 },
  batch: 64,
  steps: 1500,
  every: { log: 100, checkpoint: 500, samples: 500 },
  samples: { count: 64, steps: 20 },
});
