/**
 * Λ of MNIST, 60,000 × 784: our spectrum against numpy's full eigen-solver and scipy's Lanczos.
 *
 *     node --conditions=source benchmarks/top-eigenvalue.ts [rounds]
 */
import { join } from "node:path";
import { topSpectrum } from "../packages/analysis/src/index.ts";
import { withUnits } from "../packages/core/src/index.ts";
import { loadMnist } from "../packages/datasets/src/index.ts";
import { compare } from "./compare.ts";
import { peers } from "./peer.ts";

const rounds = Number(process.argv[2] ?? 5);
const data = withUnits(await loadMnist(), "unit");
const python = await peers("top_eigenvalue.py", [join(data.source!, "train-images-idx3-ubyte")]);
const ours = [1, 8].map((k) => ({
  name: `topSpectrum, k = ${k} (${topSpectrum(data, k).route})`,
  run: async () => ({ value: topSpectrum(data, k).lambda }),
}));
await compare("Top eigenvalue of MNIST 60,000 × 784", [...ours, ...python.contenders], rounds);
python.stop();
