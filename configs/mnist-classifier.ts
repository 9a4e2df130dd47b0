import { defineConfig } from "@symbreak/trainer";

/** A classifier of clean digits, to name the classes of samples and for features of Fréchet distances. */
export default defineConfig({
  name: "mnist-classifier",
  data: { dataset: "mnist" },
  model: { className: "CleanClassifier", sampleSize: 28, inChannels: 1, classes: 10 },
  objective: { name: "classification" },
  optimiser: { rate: 1e-3, warmUp: 50, decay: "cosine", average: 0.99 },
  batch: 64,
  steps: 1000,
});
