import { moments, pick } from "@symbreak/analysis";
import {
  type ImageShape,
  inUnits,
  levelRule,
  type Moments,
  takeSamples,
  toBytes,
  type UnitsName,
  withUnits,
} from "@symbreak/core";
import { describe, type LoadOptions, loadDataset, npyBytes } from "@symbreak/datasets";
import { imageGrid } from "@symbreak/figures";
import { fromSchedulerConfig } from "@symbreak/networks";
import {
  chooseStart,
  gaussianLateStart,
  noiseStart,
  onnxDenoiser,
  type Start,
  sample,
} from "@symbreak/samplers";
import { openInference } from "../engine/inference.ts";
import { pngBytes } from "../png-bytes.ts";
import { progress } from "../terminal/progress.ts";
import { writeRun } from "../write-run.ts";
import { levelAtTimestep } from "./level-at-timestep.ts";
import { loadNetwork } from "./load-network.ts";
import { type SOLVERS, solverOnChain } from "./solver-on-chain.ts";

/** What `ssb sample` was asked. */
export interface SampleRequest {
  readonly network: string;
  readonly solver: keyof typeof SOLVERS;
  readonly steps: number;
  /** Noise from the top, the best start, or a Gaussian at an index of the training chain. */
  readonly start: "noise" | "auto" | number;
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: UnitsName;
  readonly count: number;
  readonly seed: number;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Clean images that `auto` tests the network on. */
const TESTED = 64;
const BATCH = 64;

/** Loads the network, finds the start, samples, and writes the images with their protocol. */
export async function runSample(request: SampleRequest): Promise<void> {
  const { network: path, steps, count, seed } = request;
  const bar = progress({ "loading the network": 1, "the data's moments": 10, sampling: 3 });
  bar.phase("loading the network");
  const network = await loadNetwork(path);
  const shape = network.shape as ImageShape;
  const { session, Tensor, runtime } = await openInference(network.onnx);
  const scheduler = fromSchedulerConfig(solverOnChain(network.scheduler, request.solver));
  const denoiser = scheduler.denoiserOf(onnxDenoiser(session, { Tensor, shape }));
  const run = {
    denoiser,
    solver: scheduler.solver,
    grid: levelRule((n, from) => scheduler.levels(n, from)),
    steps,
    ...(scheduler.options.table && { table: scheduler.options.table }),
  };
  const threshold = scheduler.options.threshold ?? null;

  bar.phase("the data's moments");
  const set = withUnits(await loadDataset(request.dataset, request.options), request.scale);
  if (set.shape.join() !== shape.join())
    throw new Error(
      `${describe(set)} does not fit the network's ${shape.join("×")}; see --resize, --pad`,
    );
  let start: Start = noiseStart();
  let reason = "noise, as asked";
  if (request.start !== "noise") {
    const found: Moments = await moments(set);
    if (request.start === "auto") {
      const data = inUnits(takeSamples(set, pick(set.count, TESTED)));
      // The choice rests on the solver's linear answer to Gaussian data; clipping has none.
      ({ start, reason } = await chooseStart({ ...run, moments: found, data }));
    } else {
      const chain = scheduler.levels(Number(scheduler.config.num_train_timesteps ?? 1000));
      const level = levelAtTimestep(chain, request.start);
      start = gaussianLateStart(found, level);
      reason = `Gaussian late start at timestep ${level.timestep}, as asked`;
    }
  }

  bar.phase("sampling");
  const total = Math.ceil(count / BATCH) * steps;
  let done = 0;
  const { samples, nfe, protocol } = await sample({
    ...run,
    threshold,
    start,
    count,
    seed,
    batch: BATCH,
    onStep: () => bar.at(++done / total),
  });
  bar.end();

  const directory = request.out ?? `runs/sample-${network.name}`;
  const columns = Math.ceil(Math.sqrt(count));
  const images = toBytes(samples, shape, set.units);
  const { uri } = imageGrid({ images, shape, columns });
  const result = {
    network: path,
    runtime,
    data: describe(set),
    scale: set.units.name,
    reason,
    solver: protocol.solver.name,
    start: protocol.start,
    steps: protocol.steps,
    nfe,
    count,
    seed: protocol.seed,
    shape: protocol.shape,
    protocol,
  };
  const text = `${JSON.stringify(result, null, 2)}\n`;
  writeRun(directory, {
    "samples.png": pngBytes(uri),
    "samples.npy": npyBytes(images, [count, ...shape]),
    "result.json": text,
  });
  if (request.json) process.stdout.write(text);
  else
    process.stdout.write(
      `${runtime}\n${reason}\n${count} samples, ${request.solver}, ${steps} steps, ${nfe} network calls each, seed ${seed}\n\nImages: ${directory}/samples.png, as numbers samples.npy\n`,
    );
}
