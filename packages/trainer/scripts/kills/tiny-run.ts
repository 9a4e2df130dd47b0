// A run of milliseconds a step that saves at every step: what kill-train.ts kills.
// node --conditions=source tiny-run.ts <directory>
import { dataOf, SYMMETRIC } from "@symbreak/core";
import { partsOf, resolveConfig, selectEngine } from "../../src/index.ts";
import { nodeEngines, runTraining } from "../../src/node/index.ts";

const config = resolveConfig({
  name: "tiny",
  data: { dataset: "none" },
  model: { className: "Mlp", size: 3, width: 64, depth: 3, timeFeatures: 4 },
  batch: 4,
  steps: 20,
  seed: 5,
  every: { log: 1, checkpoint: 1, samples: 1000 },
});
const values = Uint8Array.from({ length: 30 }, (_, i) => (i * 37) % 256);
const engine = await selectEngine(nodeEngines, { engine: "tfjs-cpu" });
const steps = await runTraining({
  config,
  parts: partsOf(config),
  data: dataOf(values, [3], SYMMETRIC),
  directory: process.argv[2]!,
  engine,
  say: (text) => console.log(text),
  onStart: ({ step }) => console.log(`from ${step}`),
});
await engine.dispose();
console.log(`done ${steps}`);
