/**
 * A solver's own time per step, the network answering at once with a prepared array: ours against diffusers' schedulers, float32.
 *
 *     node --conditions=source benchmarks/solver-overhead.ts [rounds]
 */
import { type NoiseLevel, philoxNoise } from "../packages/core/src/index.ts";
import { fromSchedulerConfig } from "../packages/networks/src/index.ts";
import { solverOf } from "../packages/samplers/src/index.ts";
import { type Contender, race } from "./compare.ts";
import { peers } from "./peer.ts";

const rounds = Number(process.argv[2] ?? 7);
const RUNS = 2;
const SHAPES = [
  [64, 1, 28, 28],
  [16, 3, 64, 64],
];

interface Case {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Of `step`, here and there. */
  readonly arguments?: Readonly<Record<string, number>>;
  /** The noise is prepared as well. */
  readonly givenNoise?: boolean;
}

const chain = { clip_sample: false };
const CASES: readonly Case[] = [
  { name: "DDIM", config: { _class_name: "DDIMScheduler", ...chain } },
  {
    name: "DDIM, eta 1, given noise",
    config: { _class_name: "DDIMScheduler", ...chain },
    arguments: { eta: 1 },
    givenNoise: true,
  },
  { name: "DDPM, own noise", config: { _class_name: "DDPMScheduler", ...chain } },
  { name: "Euler", config: { _class_name: "EulerDiscreteScheduler" } },
  { name: "Heun (19 calls)", config: { _class_name: "HeunDiscreteScheduler" } },
  { name: "PNDM (19 calls)", config: { _class_name: "PNDMScheduler" } },
  { name: "DPM-Solver++ 2M", config: { _class_name: "DPMSolverMultistepScheduler" } },
  { name: "UniPC", config: { _class_name: "UniPCMultistepScheduler" } },
];

function wave(length: number, frequency: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.fround(Math.sin(frequency * i)));
}

/** Classes that keep X = x/alpha; our x at a level is alpha·X. */
const startScale = ({ alpha }: NoiseLevel, name: unknown) =>
  /^(Euler|Heun)/.test(String(name)) ? alpha : 1;

function ours({ name, config, arguments: given, givenNoise }: Case, shape: number[]): Contender {
  const scheduler = fromSchedulerConfig(config, { precision: "float32", parity: "diffusers" });
  const levels = scheduler.levels(10);
  const length = shape.reduce((a, b) => a * b);
  const [output, z] = [wave(length, 0.53), wave(length, 0.71)];
  const scale = scheduler.initNoiseSigma(levels) * startScale(levels[0]!, config._class_name);
  const start = wave(length, 0.37, scale);
  const denoiser = scheduler.denoiserOf({ shape: shape.slice(1), predict: async () => output });
  const noise = givenNoise ? (out: { set(z: Float32Array): void }) => out.set(z) : philoxNoise(0);
  const { solver: configured, options: described } = scheduler.run(10);
  const solver =
    given === undefined
      ? configured
      : solverOf({ name: configured.name, settings: { ...configured.settings, ...given } });
  const options = { ...described, noise };
  const run = async () => {
    let x = start as ArrayLike<number>;
    const begin = performance.now();
    for (let i = 0; i < RUNS; i++)
      for await (const step of solver.walk(denoiser, start, levels, options)) x = step.x;
    const seconds = (performance.now() - begin) / 1000 / RUNS / 10;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += x[i]! ** 2;
    return { value: sum / length, seconds };
  };
  return { name, run };
}

const argument = [JSON.stringify(CASES), JSON.stringify(SHAPES)];
const torch = await Promise.all(
  ["2", "1"].map((threads) => peers("solver_overhead.py", [...argument, threads, String(RUNS)])),
);
const micro = (seconds: number | undefined) =>
  seconds === undefined ? "" : (seconds * 1e6).toFixed(0);

for (const [s, shape] of SHAPES.entries()) {
  console.log(`\nMicroseconds a step at ${shape.join(" × ")} (${rounds} rounds, in turn)\n`);
  console.log("| solver | ours | 2 threads | 1 thread | ours / 2 | ours / 1 | mean x² |");
  console.log("|---|---|---|---|---|---|---|");
  for (const [c, solver] of CASES.entries()) {
    const others = torch.flatMap(
      ({ contenders }) => contenders.slice(c * SHAPES.length + s)[0] ?? [],
    );
    const timings = await race([ours(solver, shape), ...others], rounds);
    const [own, two, one] = timings.map(({ median }) => median);
    const ratios = [two, one].map((time) => (time === undefined ? "" : (own! / time).toFixed(2)));
    const values = timings.map(({ value }) => value.toPrecision(6)).join(", ");
    console.log(
      `| ${[solver.name, ...[own, two, one].map(micro), ...ratios, values].join(" | ")} |`,
    );
  }
}
for (const { stop } of torch) stop();
