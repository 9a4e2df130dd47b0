/**
 * What guidance does to a conditional network with label dropout: class accuracy and distance against the weight.
 *
 *     node --conditions=source packages/cli/scripts/guidance-curve.ts runs/mnist-classes --out runs/guidance --count 500
 *
 * Classes are dealt to the samples by their numbers, the same noise at every weight. Cells that were measured are kept in the
 * directory, and so a run goes on. Writes `guidance.json`, `guidance.svg` and `guidance.png`: a row of pictures for each weight.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { frechetDistance, manifoldCoverage, moments } from "@symbreak/analysis";
import { type Data, dataOf, type ImageShape, toBytes } from "@symbreak/core";
import { guidanceCurve, imageGrid } from "@symbreak/figures";
import { readJsonIfThere, writeAtomically } from "@symbreak/files";
import { ddim, type Guidance, gaussianLateStart, noiseStart, sample } from "@symbreak/samplers";
import { JSDOM } from "jsdom";
import { matrixEngine } from "../src/engine/matrix-engine.ts";
import { openNamed } from "../src/networks.ts";
import { pngBytes } from "../src/png-bytes.ts";
import { openJudged, openSubject } from "../src/subject.ts";
import { textTable } from "../src/terminal/table.ts";
import { onWhite } from "./on-white.ts";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: "runs/guidance" },
    weights: { type: "string", default: "0,1,1.5,2,3,4" },
    count: { type: "string", default: "500" },
    steps: { type: "string", default: "20" },
    late: { type: "string", default: "550" },
    interval: { type: "string", default: "-3,1" },
    weak: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const [path] = positionals;
if (path === undefined) throw new Error("usage: guidance-curve.ts <network> [--out directory]");
const numbers = (text: string) => text.split(",").map(Number);
const [count, steps, late, seed] = [given.count, given.steps, given.late, given.seed].map(Number);
const [low, high] = numbers(given.interval) as [number, number];
await mkdir(given.out, { recursive: true });

const subject = await openSubject({ network: path, options: {} });
const { network, data, heldOut } = subject;
const { classes } = network;
if (!classes?.unconditional || heldOut === undefined)
  throw new Error(`${path} must know classes and none, and its data must have a test split`);
const condition = { classes: Array.from({ length: classes.count }, (_, k) => k) };
const weak = given.weak === undefined ? undefined : await openNamed(given.weak, {});
const { extractor } = await openJudged(subject, undefined);
const { multiply } = await matrixEngine();
const real = (await extractor.judge(heldOut)).features;
const known = await moments(data);

/** A way of sampling. */
interface Way {
  readonly name: string;
  readonly late: boolean;
  readonly inside?: Guidance["interval"];
  readonly weak?: boolean;
}
const ways: Way[] = [
  { name: `noise, ${steps} steps`, late: false },
  { name: `late start, ${steps! / 2} steps`, late: true },
  { name: `late, log SNR in ${low} … ${high}`, late: true, inside: [low, high] },
  ...(weak ? [{ name: "late, led away from a weak network", late: true, weak: true }] : []),
];

/** What is measured of a cell. */
interface Cell {
  readonly nfe: number;
  readonly distance: { readonly value: number; readonly low: number; readonly high: number };
  readonly accuracy: number;
  readonly unsure: number;
  readonly recall: number;
  /** The first samples, as pixels. */
  readonly first: readonly number[];
}

const SHOWN = 20;

async function measured(way: Way, weight: number): Promise<Cell> {
  const word = `${way.name.replace(/\W+/g, "-")}-${weight}-${count}-${seed}-${network.digest?.slice(0, 8)}`;
  const file = join(given.out, "cells", `${word}.json`);
  const there = await readJsonIfThere(file);
  if (there !== undefined) return there as Cell;
  const guidance: Guidance = { weight, ...(way.inside && { interval: way.inside }) };
  const { samples, nfe } = await sample({
    ...{ network, solver: ddim(), condition, count: count!, seed: seed!, batch: 64, guidance },
    ...(way.weak && weak && { weak }),
    steps: way.late ? steps! / 2 : steps!,
    start: way.late ? gaussianLateStart(known, late!) : noiseStart(),
  });
  const images = dataOf(toBytes(samples, data.shape, data.units), data.shape, data.units);
  const { features, logits } = await extractor.judge(images as Data);
  const { value, low, high } = frechetDistance(real, features, { extractor: extractor.name });
  const { recall } = await manifoldCoverage(real, features, { multiply });
  const cell = {
    // Too few samples have no interval.
    distance: { value, low: low ?? value, high: high ?? value },
    ...{ nfe, recall, ...named(logits!) },
    first: Array.from((images.values as Uint8Array).subarray(0, SHOWN * 784)),
  };
  await mkdir(join(given.out, "cells"), { recursive: true });
  await writeAtomically(file, JSON.stringify(cell));
  return cell;
}

/** Shares of the samples with the class asked for, and without any at 0.9. */
function named(logits: Float32Array): Pick<Cell, "accuracy" | "unsure"> {
  const width = classes!.count;
  let [right, unsure] = [0, 0];
  for (let i = 0; i < count!; i++) {
    const row = logits.subarray(i * width, (i + 1) * width);
    const most = Math.max(...row);
    if (row.indexOf(most) === i % width) right++;
    if (1 / row.reduce((sum, logit) => sum + Math.exp(logit - most), 0) < 0.9) unsure++;
  }
  return { accuracy: right / count!, unsure: unsure / count! };
}

const series = [];
const rows = [];
for (const way of ways) {
  const points = [];
  for (const weight of numbers(given.weights)) {
    // Without an interval w = 0 and 1 are the same whatever is led away from, and led nowhere.
    if ((way.inside || way.weak) && weight < 1.5) continue;
    const cell = await measured(way, weight);
    points.push({ weight, ...cell });
    const { value, low, high } = cell.distance;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    rows.push([
      ...[way.name, String(weight), cell.nfe.toFixed(0)],
      `${value.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}]`,
      ...[percent(cell.accuracy), percent(cell.unsure), cell.recall.toFixed(3)],
    ]);
    process.stderr.write(`${rows.at(-1)!.join("  ")}\n`);
  }
  series.push({ name: way.name, points });
}
const { document } = new JSDOM("").window;
const metric = `FD-${extractor.name}`;
const picture = guidanceCurve({ network: path, metric, series }, { document });
await writeAtomically(join(given.out, "guidance.svg"), onWhite(picture));
const shown = series[0]!.points.flatMap(({ first }) => first);
const shape = data.shape as ImageShape;
const { uri } = imageGrid({ images: Uint8Array.from(shown), shape, columns: SHOWN });
await writeAtomically(join(given.out, "guidance.png"), pngBytes(uri));
const kept = series.map(({ name, points }) => ({
  name,
  points: points.map(({ first: _, ...point }) => point),
}));
const protocol = { network: path, digest: network.digest, count, steps, late, seed, metric };
await writeAtomically(
  join(given.out, "guidance.json"),
  JSON.stringify({ protocol, series: kept }, null, 2),
);
process.stdout.write(
  `${textTable(["way", "w", "calls", metric, "class asked for", "unsure", "recall"], rows)}\n`,
);
process.exit(0);
