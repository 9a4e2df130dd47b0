/**
 * The memorised share of a network's samples against its training time, and the two times tau_gen and tau_mem.
 *
 *     for steps in 500 1000 2000 4000; do
 *       ssb train configs/mnist-few.ts --set data.limit=128 --set steps=$steps --out runs/few-128
 *       ssb export runs/few-128 --onnx runs/few-128/at-$steps.onnx
 *     done
 *     node --conditions=source packages/cli/scripts/memorisation-curve.ts runs/few-128/at-*.onnx --samples 500
 *
 * The number in a file's name is its training step. Samples are DDIM's; held-out images come from the test split.
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import {
  frechetDistance,
  memorisationCurve,
  moments,
  pick,
  pixelProjection,
} from "@symbreak/analysis";
import { alreadyIn, dataOf, takeSamples } from "@symbreak/core";
import { ddim, sample } from "@symbreak/samplers";
import { openSubject } from "../src/subject.ts";
import { textTable } from "../src/terminal/table.ts";

const { values: given, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    samples: { type: "string", default: "500" },
    steps: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const [first] = files;
if (first === undefined) {
  process.stderr.write(
    "usage: memorisation-curve.ts <at-500.onnx> <at-1000.onnx> … [--samples 500]\n",
  );
  process.exit(2);
}
const [count, steps, seed] = [Number(given.samples), Number(given.steps), Number(given.seed)];
const { data: set, heldOut: test } = await openSubject({ network: first, options: {} });
if (test === undefined) throw new Error(`${first}: its data have no test split`);
const heldOut = takeSamples(test, pick(test.count, count));
const projection = pixelProjection(await moments(test), 64);
const real = projection.project(test);

const checkpoints = [];
for (const file of files) {
  const step = Number(/(\d+)\D*$/.exec(basename(file, ".onnx"))?.[1] ?? Number.NaN);
  if (Number.isNaN(step))
    throw new Error(`${file}: the training step must stand in the file's name`);
  const { network } = await openSubject({ network: file, options: {} });
  process.stderr.write(`${file}: ${count} samples in ${steps} steps\n`);
  const { samples: values } = await sample({ network, solver: ddim(), steps, count, seed });
  checkpoints.push({ step, samples: dataOf(values, set.shape, alreadyIn(set.units)) });
}
const found = await memorisationCurve(checkpoints, set, {
  heldOut,
  distance: (samples) =>
    frechetDistance(projection.project(samples), real, { extractor: projection.extractor }).value,
});
const result = { ...found, samples: count, steps, seed, distance: projection.extractor };
if (given.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else
  process.stdout.write(
    `${textTable(
      ["step", "memorised", "[95 %]", "d1/d2", `FD-${projection.extractor}`],
      found.curve.map(({ step, memorised, medianRatio, distance }) => [
        String(step),
        memorised.value.toFixed(3),
        `[${memorised.low.toFixed(3)}, ${memorised.high.toFixed(3)}]`,
        medianRatio.toFixed(3),
        distance?.toPrecision(3) ?? "–",
      ]),
    )}\nn = ${found.training}; tau_gen = ${found.tauGen}, tau_mem = ${found.tauMem ?? "not reached"}; held-out images: ${found.chance}\n`,
  );
