/**
 * Distils a network into a student of few steps, as a file such as `configs/mnist-distil.ts` says. Writes `student.onnx`
 * and `student.json`, the levels it answers at (it was trained for no others), to `runs/<name>`, or where told.
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/distil.ts configs/mnist-distil.ts [directory]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { moments } from "@symbreak/analysis";
import { CLEAN, gaussian, linspace, type NoiseLevel, philoxNoise } from "@symbreak/core";
import { dpmMultistep } from "@symbreak/samplers";
import {
  type Advance,
  adam,
  cosineRate,
  type DistilConfig,
  distil,
  distilPairs,
  exportOnnx,
  onnxWeights,
  selectEngine,
} from "@symbreak/trainer";
import { nodeEngines } from "@symbreak/trainer/node";
import { readNetwork } from "../src/network/read-network.ts";
import { openSubject } from "../src/subject.ts";

/** Trajectories that are walked at once. */
const AT_ONCE = 64;

const [file, given] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: distil.ts <config> [directory]");
const config: DistilConfig = (await import(resolve(file))).default;
const { teacher: name, timesteps, counts, teacherSteps, trajectories, seed, batch, steps } = config;
const { rate, warmUp, muon, average } = config.optimiser;
const directory = given ?? join("runs", config.name);
mkdirSync(directory, { recursive: true });

const { onnx, model } = await readNetwork(name);
const { network, data } = await openSubject({ network: name, options: {} });
const { denoiser, process: forward } = network;
/** The training level of an index; clean data below 0. */
const level = (timestep: number): NoiseLevel => (timestep < 0 ? CLEAN : forward.level(timestep));
const levels = [...timesteps.map(level), CLEAN];

const solver = dpmMultistep();
const teacher: Advance = async (x, from, to) => {
  const isLast = to.sigma === 0;
  const indices = linspace(from.timestep, isLast ? 0 : to.timestep, teacherSteps + 1);
  const grid = Array.from(indices, (t, i) =>
    isLast && i === teacherSteps ? CLEAN : level(Math.round(t)),
  );
  let end = x;
  for await (const step of solver.walk(denoiser, x, grid)) end = step.x;
  return end;
};
const law = gaussian(await moments(data));
const draw = (first: number, count: number) => {
  const numbers = Float64Array.from({ length: count }, (_, i) => first + i);
  return Float32Array.from(law.sample(count, philoxNoise(seed, numbers), levels[0]!));
};
const length = timesteps.length * 2 * law.size;
const pairs = new Float32Array(trajectories * length);
for (let first = 0; first < trajectories; first += AT_ONCE) {
  const count = Math.min(AT_ONCE, trajectories - first);
  pairs.set(await distilPairs({ levels, draw, teacher }, first, count), first * length);
  process.stderr.write(`\r${first + count} of ${trajectories} trajectories`);
}

const engine = await selectEngine(nodeEngines, { log: (line) => console.error(line) });
const optimiser = adam({ rate: cosineRate(rate, { steps, warmUp }), muon, average });
const weights = onnxWeights(onnx);
const settings = {
  engine,
  student: model,
  weights,
  levels,
  counts,
  pairs,
  optimiser,
  batch,
  steps,
};
for await (const { step, loss, weights: read } of distil(settings)) {
  if (step % 25 === 0) console.error(`step ${step}/${steps}  loss ${loss.toFixed(5)}`);
  if (step === steps)
    writeFileSync(join(directory, "student.onnx"), exportOnnx({ model, weights: await read() }));
}
await engine.dispose();
writeFileSync(
  join(directory, "student.json"),
  `${JSON.stringify({ ...config, levels }, null, 2)}\n`,
);
