/**
 * Standard normals for 64 images of 784 numbers, 100 draws: philoxNoise against numpy's Philox, whose normals come by another way (the
 * ziggurat method) and are not addressed by sample.
 *
 *     node --conditions=source benchmarks/philox-normals.ts [rounds]
 */
import { philoxNoise, type Samples } from "../packages/core/src/index.ts";
import { compare } from "./compare.ts";
import { peers } from "./peer.ts";

const rounds = Number(process.argv[2] ?? 7);
const [COUNT, SIZE, DRAWS] = [64, 784, 100];

const noise = philoxNoise(0);
const draws = (out: Samples) => async () => {
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    noise(out, SIZE, draw);
    sum += out[0]! ** 2 + out[out.length - 1]! ** 2;
  }
  return { value: sum / DRAWS / 2 };
};
const python = await peers("philox_normals.py", [COUNT * SIZE, DRAWS].map(String));
const ours = [
  { name: "philoxNoise, float32", run: draws(new Float32Array(COUNT * SIZE)) },
  { name: "philoxNoise, float64", run: draws(new Float64Array(COUNT * SIZE)) },
];
const title = `${DRAWS} draws of ${COUNT} × ${SIZE} standard normals (value: mean square of the ends)`;
await compare(title, [...ours, ...python.contenders], rounds);
python.stop();
