/** Times a U-Net's training step on onnxruntime-node beside PyTorch, in alternation: see README.md. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { type BlockSize, toOnnx } from "../src/index.ts";
import { adamScalars, trainingStep } from "./training-step.ts";

const { values: options } = parseArgs({
  options: {
    batch: { type: "string", default: "32" },
    threads: { type: "string", default: "2" },
    base: { type: "string", default: "32" },
    image: { type: "string", default: "1" },
    size: { type: "string", default: "28" },
    steps: { type: "string", default: "8" },
    python: { type: "string" },
    profile: { type: "boolean", default: false },
    block: { type: "string" },
  },
});
const [batch, threads, base, image, size, steps] = [
  options.batch,
  options.threads,
  options.base,
  options.image,
  options.size,
  options.steps,
].map(Number) as [number, number, number, number, number, number];

const program = trainingStep({ batch, base, image, size, groups: 8 });
const bytes = toOnnx(
  program,
  options.block ? { blockSize: { channels: Number(options.block) } as BlockSize } : {},
);
const start = performance.now();
const session = await InferenceSession.create(bytes, {
  intraOpNumThreads: threads,
  enableProfiling: options.profile,
  profileFilePrefix: "prof",
  extra: { session: { intra_op: { allow_spinning: process.env.SPIN ?? "1" } } },
} as never);
console.log(
  `${program.nodes.length} graph nodes, ${bytes.length} bytes, session ${(performance.now() - start).toFixed(0)} ms`,
);

const state: Record<string, Tensor> = {};
for (const [name, { shape }] of Object.entries(program.inputs)) {
  const length = shape.reduce((a, b) => a * b, 1);
  const scale =
    name === "parameters" ? 0.05 : name === "m" || name === "v" ? 0 : name === "t" ? 500 : 1;
  const data = Float32Array.from({ length }, () => scale * (Math.random() * 2 - 1));
  state[name] = new Tensor("float32", data, [...shape]);
}
let count = 0;
async function ours(): Promise<number> {
  const begin = performance.now();
  for (const [name, value] of Object.entries(adamScalars(++count)))
    state[name] = new Tensor("float32", [value], []);
  const { loss, ...next } = await session.run(state);
  for (const [name, value] of Object.entries(next))
    state[name.slice("next.".length)] = value as Tensor;
  void loss;
  return performance.now() - begin;
}

const median = (x: number[]): number => [...x].sort((a, b) => a - b)[x.length >> 1]!;
const peer = options.python
  ? spawn(
      options.python,
      [
        `${import.meta.dirname}/train_step.py`,
        `${batch}`,
        `${threads}`,
        `${base}`,
        `${image}`,
        `${size}`,
      ],
      {
        stdio: ["pipe", "pipe", "inherit"],
        env: { ...process.env, OMP_WAIT_POLICY: "PASSIVE" },
      },
    )
  : undefined;
const lines = peer && createInterface(peer.stdout)[Symbol.asyncIterator]();
const line = async (): Promise<number> => Number((await lines!.next()).value);
if (peer) console.log(`${await line()} parameters in PyTorch, ${state.parameters!.dims[0]} here`);
const [a, b]: [number[], number[]] = [[], []];
for (let i = 0; i < steps + 2; i++) {
  const mine = await ours();
  if (i >= 2) a.push(mine);
  if (!peer) continue;
  peer.stdin.write("\n");
  const theirs = await line();
  if (i >= 2) b.push(theirs);
}
peer?.stdin.end();
console.log(`ours ${median(a).toFixed(0)} ms [${a.map((x) => x.toFixed(0))}]`);
if (peer)
  console.log(
    `torch ${median(b).toFixed(0)} ms [${b.map((x) => x.toFixed(0))}] ratio ${(median(b) / median(a)).toFixed(2)}`,
  );
if (options.profile) session.endProfiling();
