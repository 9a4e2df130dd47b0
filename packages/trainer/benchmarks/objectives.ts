// How near each objective brings a small network's score to the exact one.
//
//   node --conditions=source benchmarks/objectives.ts [steps]
//
// Every error is the root mean square of sigma·(score − exact) over ten noise levels, per dimension.
import { gaussian } from "@symbreak/core";
import { selectEngine } from "../src/index.ts";
import { nodeEngines } from "../src/node/index.ts";
import { cases, errorOf, mixture, normal } from "../test/objectives/cases.ts";
import { scoreDistance } from "../test/objectives/score-error.ts";

const steps = Number(process.argv[2] ?? 3000);
const options = { engine: "onnxruntime-node", threads: 1, workers: 1 } as const;
const engine = await selectEngine(nodeEngines, { ...options, log: console.log });
console.log(`${steps} steps of 128 samples, MLP of 2 × 32 units, averaged weights\n`);
console.log("| objective | 1-D Gaussian | 2-D mixture | mixture's Gaussian |\n|---|---|---|---|");
for (const one of cases) {
  const errors = [
    await errorOf(engine, normal, one, steps),
    await errorOf(engine, mixture, one, steps),
  ];
  const [{ name, parameters = [] }, levels] = one;
  if (parameters.length === 0)
    errors.push(scoreDistance(mixture, gaussian(mixture.moments()), levels({})));
  const cells = errors.map((error) => error.toFixed(4));
  console.log(`| ${[name, ...cells, "—"].slice(0, 4).join(" | ")} |`);
}
await engine.dispose();
