/**
 * Writes the moments of their training sets beside denoisers that are in `packages/zoo` already, and into their cards.
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/zoo/write-moments.ts mnist fashion-mnist mnist-1-8
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import type { DenoiserCard } from "@symbreak/zoo";
import { readNetwork } from "../../src/network/read-network.ts";
import { momentsFile } from "./moments-file.ts";
import { writeModel } from "./write-model.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const models = join(root, "packages", "zoo", "models");
for (const name of process.argv.slice(2)) {
  const { data, onnx } = await readNetwork(join(models, `${name}.onnx`));
  if (data === undefined) throw new Error(`${name} does not say what it was trained on`);
  const { dataset, scale, flip: _, ...selection } = data;
  const set = await loadDataset(dataset, selection);
  const { bytes, stored } = await momentsFile(withUnits(set, scale));
  const card: DenoiserCard = JSON.parse(readFileSync(join(models, `${name}.json`), "utf8"));
  const page = readFileSync(join(models, `${name}.md`), "utf8");
  const caption = /^!\[(.*)\]\(.*\.png\)$/m.exec(page)?.[1] ?? "";
  const picture = { png: readFileSync(join(models, `${name}.png`)), caption };
  writeModel(root, { ...card, moments: stored }, { onnx, picture, moments: bytes });
  process.stdout.write(
    `${name}: ${stored.axes} axes of ${stored.count} samples, ${stored.bytes} bytes\n`,
  );
}
