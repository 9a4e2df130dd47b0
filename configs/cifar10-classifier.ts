import { defineConfig } from "@symbreak/trainer";

/** A classifier of small photographs, for features of Fréchet distances: the zoo's. `ssb train configs/cifar10-classifier.ts` */
export default defineConfig({
  name: "cifar10-classifier",
  data: { dataset: "cifar10", flip: true },
  model: { className: "CleanClassifier", sampleSize: 32, inChannels: 3, classes: 10 },
  objective: { name: "classification" },
  optimiser: { rate: 2e-3, warmUp: 100, decay: "cosine", average: 0.998, weightDecay: 0.05 },
  batch: 128,
  steps: 4000,
});
