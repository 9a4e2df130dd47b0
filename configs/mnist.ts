/** Good digits: some hours on two CPU cores, minutes on a GPU. `ssb train configs/mnist.ts` */
import { defineConfig, SMALL_MNIST } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist",
  data: { dataset: "mnist" },
  model: { className: "SmallUNet", ...SMALL_MNIST },
  objective: { name: "simple", prediction: "epsilon" },
  optimiser: { rate: 1e-3, warmUp: 500, decay: "cosine", average: 0.9995 },
  batch: 64,
  steps: 20_000,
  every: { log: 100, checkpoint: 1000, samples: 1000 },
  samples: { count: 64, steps: 20 },
});
