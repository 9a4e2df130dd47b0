/**
 * Digits from a handful of small images, to watch a network learn first to generate and then to copy: arXiv 2505.17638.
 *
 * The rate does not decay, so that a run goes on to any number of steps:
 * `ssb train configs/mnist-few.ts --set data.limit=128 --set steps=500 --out runs/few-128`, then again with `steps=1000`.
 */
import { defineConfig } from "@symbreak/trainer";

export default defineConfig({
  name: "mnist-few",
  data: { dataset: "mnist", limit: 128, resize: 14 },
  model: {
    className: "SmallUNet",
    sampleSize: 14,
    inChannels: 1,
    blockOutChannels: [32, 64],
  },
  objective: { name: "simple", prediction: "epsilon" },
  optimiser: { rate: 1e-3, warmUp: 100, average: 0.99, muon: 0.4 },
  batch: 64,
  steps: 1000,
  every: { log: 50, checkpoint: 250, samples: 500 },
  samples: { count: 36, steps: 20 },
});
