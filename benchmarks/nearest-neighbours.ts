/**
 * The 5 nearest of 10,000 MNIST images for each of 10,000 others, by brute force: ours against scikit-learn.
 *
 *     node --conditions=source benchmarks/nearest-neighbours.ts [rounds]
 */
import { join } from "node:path";
import {
  type Data,
  type NeighbourOptions,
  nearestNeighbours,
} from "../packages/analysis/src/index.ts";
import { matrixEngine } from "../packages/cli/src/engine/matrix-engine.ts";
import { loadMnist, scaleOf } from "../packages/datasets/src/index.ts";
import { compare } from "./compare.ts";
import { peers } from "./peer.ts";

const rounds = Number(process.argv[2] ?? 3);
const set = await loadMnist();
const scale = scaleOf(set, "unit");
const part = (from: number, to: number): Data => ({
  values: set.images.subarray(784 * from, 784 * to),
  size: 784,
  scale,
});
const floats = (data: Data): Data => ({
  values: Float32Array.from(data.values, (value) => value / 255),
  size: 784,
});
const [queries, references] = [part(0, 10_000), part(10_000, 20_000)];
const [queryFloats, referenceFloats] = [floats(queries), floats(references)];

const { multiply, name: engine } = await matrixEngine();
const meanDistance = async (p: Data, q: Data, options: NeighbourOptions = {}) => {
  const { distances, k } = await nearestNeighbours(p, q, 5, options);
  return { value: distances.reduce((sum, d, i) => (i % k === 0 ? sum + d : sum), 0) / 10_000 };
};
const python = await peers("nearest_neighbours.py", [join(set.source, "train-images-idx3-ubyte")]);
const ours = [
  { name: "nearestNeighbours, bytes", run: () => meanDistance(queries, references) },
  { name: "nearestNeighbours, floats", run: () => meanDistance(queryFloats, referenceFloats) },
  {
    name: `nearestNeighbours, bytes, products on ${engine}`,
    run: () => meanDistance(queries, references, { multiply }),
  },
];
await compare("5 nearest of 10,000 × 784 for 10,000", [...ours, ...python.contenders], rounds);
python.stop();
