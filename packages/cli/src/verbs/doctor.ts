import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** Engines and runtimes, and what each is for. */
const RUNTIMES: readonly { readonly name: string; readonly use: string }[] = [
  { name: "onnxruntime-node", use: "networks and large products on the CPU" },
  { name: "onnxruntime-web", use: "the same in the browser" },
  { name: "@tensorflow/tfjs-node-gpu", use: "training on an NVIDIA GPU" },
  { name: "@tensorflow/tfjs-node", use: "training on the CPU with TensorFlow" },
  { name: "@tensorflow/tfjs", use: "slow, trusted reference" },
];

/** `ssb doctor` */
export const doctor: Verb = defineVerb({
  summary: "What this machine has: Node, cores, memory, engines, data sets",
  args: {},
  examples: ["ssb doctor", "ssb doctor --json"],
  run: async ({ json }) => {
    const { probe } = await import("../engine/probe.ts");
    const { listDatasets } = await import("@symbreak/datasets");
    const [engines, datasets] = await Promise.all([
      Promise.all(RUNTIMES.map(async ({ name, use }) => ({ name, use, ...(await probe(name)) }))),
      listDatasets(),
    ]);
    const result = {
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cpu: cpus()[0]?.model ?? "unknown",
      cores: availableParallelism(),
      memory: { totalBytes: totalmem(), freeBytes: freemem() },
      engines,
      datasets,
    };
    if (json) {
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      return;
    }
    const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
    process.stdout.write(
      `${textTable(
        [],
        [
          ["Node", result.node],
          ["platform", result.platform],
          ["CPU", `${result.cores} × ${result.cpu}`],
          ["memory", `${gib(result.memory.totalBytes)}, ${gib(result.memory.freeBytes)} free`],
        ],
        [0, 1],
      )}\n${textTable(
        ["engine", "found", "for, or why not"],
        engines.map((engine) => [
          engine.name,
          engine.available ? engine.version : "no",
          engine.available ? engine.use : engine.reason,
        ]),
        [0, 1, 2],
      )}\n`,
    );
  },
});
