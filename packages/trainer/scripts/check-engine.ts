/**
 * Compares an engine with graph's interpreter in double precision: three training steps of a small U-Net (strided
 * convolution, attention, group norm, upsampling, Adam), and the same steps once more. For machines that no test runs on.
 *
 *   node --conditions=source scripts/check-engine.ts tfjs-node-gpu
 *   NVIDIA_TF32_OVERRIDE=0 node --conditions=source scripts/check-engine.ts onnxruntime-node cuda
 */
import { type EngineName, selectEngine } from "../src/engines/index.ts";
import { nodeEngines } from "../src/node/engines/candidates.ts";
import { distance } from "../test/distance.ts";
import { interpreted } from "../test/support/interpreted.ts";
import { STATE, tinyFeeds, tinyState, tinyStep } from "../test/support/tiny-step.ts";

const [engineName, ...providers] = process.argv.slice(2) as [EngineName, ...string[]];
if (engineName === undefined) throw new Error("usage: check-engine.ts <engine> [provider …]");
const BATCH = 4;
const { program } = tinyStep(BATCH);
const feeds = [0, 1, 2].map((step) => tinyFeeds(BATCH, step));
const right = interpreted(program, STATE, tinyState(), feeds);

const engine = await selectEngine(nodeEngines, {
  engine: engineName,
  ...(providers.length > 0 && { providers }),
});
const compiled = await engine.compile(program, { state: STATE });
console.log(compiled.description);

async function threeSteps() {
  await compiled.load(tinyState());
  const outputs: Readonly<Record<string, ArrayLike<number>>>[] = [];
  for (const fed of feeds) outputs.push(await compiled.run(fed));
  return { outputs, state: await compiled.read() };
}

const { outputs, state } = await threeSteps();
for (const [i, output] of outputs.entries())
  for (const [name, values] of Object.entries(output))
    console.log(
      `step ${i + 1} ${name}: ${distance(values, right.outputs[i]![name]!).toPrecision(2)}`,
    );
for (const [name, values] of Object.entries(state))
  console.log(`${name} after them: ${distance(values, right.state[name]!).toPrecision(2)}`);
const again = await threeSteps();
const same = Object.keys(state).every((name) => distance(state[name]!, again.state[name]!) === 0);
console.log(same ? "the same bits again" : "other bits the second time");
await compiled.dispose();
await engine.dispose();
