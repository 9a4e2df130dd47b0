/**
 * Times a whole training step of a U-Net (forward, backward, Adam) on every engine beside PyTorch. Each has its own
 * process; they take turns step by step, so that they meet the same machine. Prints images a second, their ratio to
 * PyTorch's, and (where there is /proc) the processor time of a step and the peak memory of each process.
 *
 *   node --conditions=source benchmarks/train.ts --python python3 --threads 2 --steps 9
 *   node --conditions=source benchmarks/train.ts --python python3 --device cuda --batch 256 \
 *     --only tfjs-node-gpu --only "onnxruntime-node, cuda"
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { SelectOptions } from "../src/engines/index.ts";

const { values: options } = parseArgs({
  options: {
    batch: { type: "string", default: "32" },
    threads: { type: "string", default: "2" },
    base: { type: "string", default: "32" },
    image: { type: "string", default: "1" },
    size: { type: "string", default: "28" },
    steps: { type: "string", default: "9" },
    python: { type: "string" },
    device: { type: "string", default: "cpu" },
    only: { type: "string", multiple: true },
  },
});
const [batch, threads, base, image, size, steps] = (
  ["batch", "threads", "base", "image", "size", "steps"] as const
).map((name) => Number(options[name])) as [number, number, number, number, number, number];
const config = { batch, base, image, size, groups: 8 };

const ENGINES: Readonly<Record<string, SelectOptions>> = {
  "onnxruntime-node, public": { engine: "onnxruntime-node", workers: 1, blocked: false },
  "onnxruntime-node, blocked": { engine: "onnxruntime-node", workers: 1 },
  "onnxruntime-node, public, 2 workers": {
    engine: "onnxruntime-node",
    workers: 2,
    blocked: false,
  },
  "onnxruntime-node, blocked, 2 workers": { engine: "onnxruntime-node", workers: 2 },
  "onnxruntime-web": { engine: "onnxruntime-web" },
  "tfjs-node": { engine: "tfjs-node" },
  "tfjs-node-gpu": { engine: "tfjs-node-gpu" },
  "onnxruntime-node, cuda": { engine: "onnxruntime-node", providers: ["cuda"] },
  "tfjs-wasm": { engine: "tfjs-wasm" },
};

/** Linux's hundredths of a second. */
const TICK = 10;

interface Runner {
  readonly description: string;
  /** One step, in milliseconds. */
  step(): Promise<number>;
  /** Processor time so far, of all threads, in milliseconds. */
  cpu(): number;
  readonly process: ChildProcess;
}

/** A process that takes a step for each line it is sent; `undefined` if it cannot start. */
async function start(
  command: string,
  args: readonly (string | number)[],
): Promise<Runner | undefined> {
  const child = spawn(command, args.map(String), {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OMP_WAIT_POLICY: "PASSIVE" },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) return undefined;
  return {
    description: first.value,
    process: child,
    cpu: () => cpuTime(child.pid!),
    step: async () => {
      child.stdin.write("\n");
      return Number((await lines.next()).value);
    },
  };
}

const runners: Record<string, Runner> = {};
if (options.python) {
  const peer = `${import.meta.dirname}/../../graph/scripts/train_step.py`;
  const runner = await start(options.python, [
    peer,
    batch,
    threads,
    base,
    image,
    size,
    options.device,
  ]);
  if (runner) runners.PyTorch = runner;
}
for (const [name, engine] of Object.entries(ENGINES)) {
  if (options.only && !options.only.includes(name)) continue;
  const args = [JSON.stringify(config), JSON.stringify({ threads, ...engine })];
  const file = `${import.meta.dirname}/train-engine.ts`;
  const runner = await start(process.execPath, ["--conditions=source", file, ...args]);
  if (runner) runners[name] = runner;
}

const WARM_UP = 2;
const times: Record<string, number[]> = {};
const cpuBefore: Record<string, number> = {};
for (let round = 0; round < WARM_UP + steps; round++) {
  for (const [name, { step, cpu }] of Object.entries(runners)) {
    if (round === WARM_UP) cpuBefore[name] = cpu();
    const time = await step();
    if (round >= WARM_UP) times[name] = [...(times[name] ?? []), time];
  }
}

const median = (x: readonly number[]): number => x.toSorted((a, b) => a - b)[x.length >> 1]!;
console.log(
  `${image}×${size}×${size}, batch ${batch}, ${threads} threads, median of ${steps} steps`,
);
for (const [name, list] of Object.entries(times)) {
  const ms = median(list);
  const ratio = times.PyTorch ? `${(median(times.PyTorch) / ms).toFixed(2)} × PyTorch` : "";
  const { cpu, process } = runners[name]!;
  const cpuPerStep = (cpu() - cpuBefore[name]!) / steps;
  console.log(
    [
      name.padEnd(40),
      `${((1000 * batch) / ms).toFixed(1).padStart(7)} images/s`,
      `${ms.toFixed(0).padStart(6)} ms`,
      `[${Math.min(...list).toFixed(0)}, ${Math.max(...list).toFixed(0)}]`.padEnd(14),
      ratio.padEnd(16),
      `${cpuPerStep.toFixed(0).padStart(6)} ms of CPU`,
      peakMemory(process.pid!),
    ].join("  "),
  );
}
for (const { process } of Object.values(runners)) process.stdin!.end();

function cpuTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return TICK * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN;
  }
}

function peakMemory(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return `${(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024).toFixed(0)} MB`;
  } catch {
    return "";
  }
}
