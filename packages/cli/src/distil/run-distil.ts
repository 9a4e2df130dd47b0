import { join } from "node:path";
import { dataMoments } from "@symbreak/analysis";
import { writeAtomically } from "@symbreak/files";
import { exportNetwork } from "@symbreak/networks";
import {
  adam,
  cosineRate,
  type DistilConfig,
  distil,
  onnxWeights,
  selectEngine,
  type Weights,
} from "@symbreak/trainer";
import { nodeEngines } from "@symbreak/trainer/node";
import { readNetwork } from "../network/read-network.ts";
import { dataOf, openAsked } from "../networks.ts";
import { commandLine, type Outcome } from "../publish.ts";
import { progress } from "../terminal/progress.ts";
import { stopRequest } from "../train/stop-request.ts";
import { keep, kept } from "./kept.ts";
import { levelsOf, teacherPairs } from "./teacher-pairs.ts";

/** Steps from one checkpoint to the next, and from one line of the log to the next. */
const EVERY = { checkpoint: 50, log: 25 };

/** `ssb distil`: the teacher's walks, then the student; both are kept, so that the same command goes on. */
export async function runDistil(
  config: Required<DistilConfig>,
  { out = join("runs", config.name), threads }: { out?: string; threads?: number },
): Promise<Outcome> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const asked = { network: config.teacher, options: {} };
  const { network } = await openAsked(asked);
  const moments = network.moments ?? (await dataMoments(await dataOf(network, asked)));
  const { onnx, model, scheduler } = await readNetwork(config.teacher);
  if (scheduler === undefined)
    throw new Error(`distil: ${config.teacher} must be a denoiser on a chain of indices`);
  const pairs = await pairsIn(out, config, network, moments);
  const state = join(out, "state.safetensors");
  const before = await kept(state, config);
  const engine = await selectEngine(nodeEngines, { log: say, ...(threads && { threads }) });
  const { rate, warmUp, muon, average } = config.optimiser;
  const { counts, ends, batch, steps, timesteps, walk } = config;
  const run = distil({
    ...{ engine, student: model, weights: onnxWeights(onnx), pairs, counts, ends, batch, steps },
    levels: levelsOf(network, timesteps),
    optimiser: adam({ rate: cosineRate(rate, { steps, warmUp }), muon, average }),
    ...(before && { from: { step: before.step, state: before.arrays } }),
  });
  const stop = stopRequest(say);
  let [done, loss] = [before?.step ?? 0, Number.NaN];
  let last: Weights | undefined;
  try {
    for await (const report of run) {
      ({ step: done, loss } = report);
      const ending = done === steps || stop.asked();
      if (done % EVERY.log === 0) say(`step ${done}/${steps}  loss ${loss.toFixed(5)}`);
      if (ending || done % EVERY.checkpoint === 0)
        await keep(state, config, { step: done, arrays: (await report.state()) as Kept });
      if (done === steps) last = await report.weights();
      if (ending) break;
    }
  } finally {
    stop.release();
    await engine.dispose();
  }
  const file = join(out, "student.onnx");
  // A run that was finished before has its file.
  if (last !== undefined) {
    const defaults = {
      solver: { name: ends === "last" ? "consistency" : "ddim" },
      grid: { name: "timesteps", settings: { timesteps: walk } },
    };
    const { units, trainedOn } = network;
    const known = { units, moments, defaults, ...(trainedOn && { trainedOn }) };
    const student = await exportNetwork({ model, weights: last, scheduler }, known);
    await writeAtomically(file, student);
  }
  const finished = done === steps;
  return {
    result: { kind: "distil", config, step: done, steps, file: finished ? file : null },
    text: finished ? `${steps} steps of ${batch} pairs: ${file}\nssb sample ${file}\n` : "",
    directory: null,
    ...(!finished && {
      unfinished: `stopped after step ${done} of ${steps}, saved in ${out}; go on with: ${commandLine(process.argv.slice(2))}`,
    }),
  };
}

type Kept = Record<string, Float32Array>;

/** The pairs of a run, made where they are not there yet. */
async function pairsIn(
  out: string,
  config: Required<DistilConfig>,
  network: Parameters<typeof teacherPairs>[1],
  moments: Parameters<typeof teacherPairs>[2],
): Promise<Float32Array> {
  const { steps: _, batch: __, optimiser: ___, counts: ____, walk: _____, ...of } = config;
  const file = join(out, "pairs.safetensors");
  const there = await kept(file, of);
  if (there !== undefined) return there.arrays.pairs!;
  const bar = progress({ "the teacher's walks": 1 });
  bar.phase("the teacher's walks");
  const pairs = await teacherPairs(config, network, moments, (n) =>
    bar.at(n / config.trajectories),
  );
  bar.end();
  await keep(file, of, { step: 0, arrays: { pairs } });
  return pairs;
}
