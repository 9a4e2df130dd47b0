/** A first network in minutes on two CPU cores: digits that can be read. `ssb train configs/mnist-tiny.ts` */
import { defineConfig, SMALL_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist-tiny",
  data: { dataset: "mnist" },
  model: { className: "SmallUNet", ...SMALL_MNIST },
  objective: { name: "simple", prediction: "epsilon" },
  optimiser: { rate: 1e-3, warmUp: 100, decay: "cosine", average: 0.995 },
  batch: 32,
  steps: 1500,
  every: { log: 50, checkpoint: 250, samples: 250 },
  samples: { steps: 20 },
});
