/**
 * The 5 nearest of the 60,000 MNIST training images for each of 2000 test images, by brute force: ours against
 * scikit-learn.
 *
 *     node --conditions=source benchmarks/nearest-neighbours.ts [rounds]
 */
import { join } from "node:path";
import { type NeighbourOptions, nearestNeighbours } from "../packages/analysis/src/index.ts";
import { matrixEngine } from "../packages/cli/src/engine/matrix-engine.ts";
import { type Data, dataOf, sliceSamples, withUnits } from "../packages/core/src/index.ts";
import { loadMnist } from "../packages/datasets/src/index.ts";
import { compare } from "./compare.ts";
import { peers } from "./peer.ts";

const QUERIES = 2000;
const rounds = Number(process.argv[2] ?? 3);
const [train, test] = [await loadMnist(), await loadMnist({ split: "test" })];
const floats = (data: Data): Data =>
  dataOf(
    Float32Array.from(data.values, (value) => value / 255),
    data.shape,
  );
const queries = withUnits(sliceSamples(test, 0, QUERIES), "unit");
const references = withUnits(train, "unit");
const [queryFloats, referenceFloats] = [floats(queries), floats(references)];

const { multiply, name: engine } = await matrixEngine();
const meanDistance = async (p: Data, q: Data, options: NeighbourOptions = {}) => {
  const { distances, k } = await nearestNeighbours(p, q, 5, options);
  return { value: distances.reduce((sum, d, i) => (i % k === 0 ? sum + d : sum), 0) / QUERIES };
};
const python = await peers(
  "nearest_neighbours.py",
  ["train-images-idx3-ubyte", "t10k-images-idx3-ubyte"].map((file) => join(train.source!, file)),
);
const ours = [
  { name: "nearestNeighbours, bytes", run: () => meanDistance(queries, references) },
  { name: "nearestNeighbours, floats", run: () => meanDistance(queryFloats, referenceFloats) },
  {
    name: `nearestNeighbours, bytes, products on ${engine}`,
    run: () => meanDistance(queries, references, { multiply }),
  },
];
await compare("5 nearest of 60,000 × 784 for 2000", [...ours, ...python.contenders], rounds);
python.stop();
