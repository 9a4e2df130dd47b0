/**
 * Makes a model of `packages/zoo` from a finished run: file, moments, card, page, picture and loss curve. A new one's module in
 * `src/models` and its line in `src/zoo.ts` are written by hand.
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/zoo/make.ts <run directory> [name]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { changedKeys, partsOf, resolveConfig } from "@symbreak/trainer";
import {
  exportVerified,
  type LogEntry,
  loadConfig,
  readCheckpoint,
  readRunDirectory,
} from "@symbreak/trainer/node";
import type { DenoiserCard } from "@symbreak/zoo";
import { evaluateClassifier } from "../../src/network/evaluate-classifier.ts";
import { loadClassifier } from "../../src/network/load-classifier.ts";
import { loadTestData } from "../../src/train/load-test-data.ts";
import { buildCard } from "./build-card.ts";
import { measureQuality } from "./measure-quality.ts";
import { momentsFile } from "./moments-file.ts";
import { errorPicture, samplePicture } from "./pictures.ts";
import { writeModel } from "./write-model.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const [directory, given] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: make.ts <run directory> [name]");

const { config, ...network } = await readRunDirectory(directory);
if (config === undefined) throw new Error(`${directory} must be a run of ssb train`);
const name = given ?? config.name;
const checkpoint = await readCheckpoint(directory, partsOf(config));
if (checkpoint?.step !== config.steps)
  throw new Error(`${directory} must be finished: ${checkpoint?.step} of ${config.steps} steps`);
const recipe = resolveConfig(await loadConfig(join(root, "configs", `${config.name}.ts`)));
const differing = changedKeys(recipe, config);
if (differing.length > 0)
  throw new Error(
    `${directory} must be a run of configs/${config.name}.ts, differing: ${differing}`,
  );

const { dataset, scale, flip: _, ...selection } = config.data;
const set = withUnits(await loadDataset(dataset, selection), scale);
const exported = await exportVerified(network, { precision: "float16", data: config.data });
const log = readFileSync(join(directory, "log.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line): LogEntry => JSON.parse(line));

const scratch = mkdtempSync(join(tmpdir(), "zoo-"));
const file = join(scratch, `${name}.onnx`);
writeFileSync(file, exported.onnx);
const unseen = await loadTestData(config.data);
const tests = unseen && withUnits(unseen, set.units);
const isClassifier = config.objective.name === "classification";
const classifier = isClassifier && tests ? await loadClassifier(file) : undefined;
const evaluation = classifier && (await evaluateClassifier(classifier, tests!));
const picture = classifier
  ? await errorPicture(classifier, tests!, set)
  : await samplePicture(name, file, join(scratch, "samples"), network.model.labels !== undefined);
const { engine } = checkpoint;
const stored = { ...network, config };
const moments = isClassifier ? undefined : await momentsFile(set);
const card = buildCard({ name, network: stored, exported, engine, log, set, evaluation, moments });
const files = { onnx: exported.onnx, picture, moments: moments?.bytes };
writeModel(root, card, files);
if (!isClassifier && tests) {
  process.stderr.write(`${name} is in the zoo; measuring its samples …\n`);
  const quality = await measureQuality(file, { set, tests });
  writeModel(root, { ...card, quality } as DenoiserCard, files);
}
rmSync(scratch, { recursive: true });
process.stdout.write(`${name}: ${card.bytes} bytes, sha256 ${card.sha256}\n`);
