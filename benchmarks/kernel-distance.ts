/**
 * KID of 10,000 MNIST images against 10,000 others on 784 pixels, 20 subsets of 1000: ours against numpy.
 *
 *     node --conditions=source benchmarks/kernel-distance.ts [rounds]
 */
import { join } from "node:path";
import { type KernelOptions, kernelDistance } from "../packages/analysis/src/index.ts";
import { matrixEngine } from "../packages/cli/src/engine/matrix-engine.ts";
import { sliceSamples } from "../packages/core/src/index.ts";
import { loadMnist } from "../packages/datasets/src/index.ts";
import { compare } from "./compare.ts";
import { peers } from "./peer.ts";

const rounds = Number(process.argv[2] ?? 3);
const set = await loadMnist();
const [real, generated] = [sliceSamples(set, 0, 10_000), sliceSamples(set, 10_000, 20_000)];
const { multiply, name: engine } = await matrixEngine();
const kid = async (options: KernelOptions = {}) => ({
  value: (await kernelDistance(real, generated, { subsets: 20, ...options })).value,
});
const python = await peers("kernel_distance.py", [join(set.source!, "train-images-idx3-ubyte")]);
const ours = [
  { name: "kernelDistance", run: () => kid() },
  { name: `kernelDistance, products on ${engine}`, run: () => kid({ multiply }) },
];
await compare("KID, 20 subsets of 1000 × 784", [...ours, ...python.contenders], rounds);
python.stop();
