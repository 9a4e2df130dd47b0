import { defineConfig } from "@symbreak/trainer";

/** A classifier of clothes, to name the classes of samples and for features of Fréchet distances. */
export default defineConfig({
  name: "fashion-mnist-classifier",
  data: { dataset: "fashion-mnist", flip: true },
  model: { className: "CleanClassifier", sampleSize: 28, inChannels: 1, classes: 10 },
  objective: { name: "classification" },
  optimiser: { rate: 2e-3, warmUp: 100, decay: "cosine", average: 0.999 },
  batch: 128,
  steps: 6000,
});
