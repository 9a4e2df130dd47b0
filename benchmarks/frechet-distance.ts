/**
 * The Fréchet distance of two sets of features: nuclear norm against scipy's matrix square root.
 *
 *     node --conditions=source benchmarks/frechet-distance.ts [rounds]
 */
import { frechetDistance } from "../packages/analysis/src/index.ts";
import { type Data, dataOf } from "../packages/core/src/index.ts";
import { compare } from "./compare.ts";
import { peers } from "./peer.ts";

const rounds = Number(process.argv[2] ?? 5);

function features(count: number, size: number, a: number): Data {
  const values = Float64Array.from({ length: count * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return Math.sin(a * (i + 1) * (j + 1) + 0.11 * j);
  });
  return dataOf(values, [size]);
}

for (const [count, size] of [
  [1000, 64],
  [2000, 512],
] as const) {
  const [x, y] = [features(count, size, 0.37), features(count, size, 0.53)];
  const python = await peers("frechet_distance.py", [String(count), String(size)]);
  const ours = [
    {
      name: "frechetDistance",
      run: async () => ({
        value: frechetDistance(x, y, { extractor: "benchmark", groups: 0 }).value,
      }),
    },
  ];
  if (size === 64)
    ours.push({
      name: "frechetDistance, with interval and bias",
      run: async () => ({ value: frechetDistance(x, y, { extractor: "benchmark" }).value }),
    });
  await compare(`Fréchet distance of ${count} × ${size}`, [...ours, ...python.contenders], rounds);
  python.stop();
}
