import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelCard } from "@symbreak/zoo";
import { cardPage } from "./card-page.ts";
import { withModelTable } from "./model-table.ts";
import { type Captioned, curvePicture } from "./pictures.ts";

/** What a model consists of beside its card. */
export interface ModelFiles {
  readonly onnx: Uint8Array;
  /** Of a trained network. */
  readonly picture?: Captioned | undefined;
  /** Of a denoiser. */
  readonly moments?: Uint8Array | undefined;
}

/** Writes all that `packages/zoo/models` under `root` holds of a model, and the README's table, as Biome would have it. */
export function writeModel(
  root: string,
  card: ModelCard,
  { onnx, picture, moments }: ModelFiles,
): void {
  const zoo = join(root, "packages", "zoo");
  const write = (path: string, content: string | Uint8Array): string => {
    writeFileSync(join(zoo, path), content);
    return join(zoo, path);
  };
  const { name } = card;
  write(`models/${name}.onnx`, onnx);
  if (picture) write(`models/${name}.png`, picture.png);
  if (moments) write(`models/${name}.moments`, moments);
  if (card.kind !== "extractor")
    write(`models/${name}.svg`, curvePicture(card.name, card.training));
  write(`models/${name}.md`, cardPage(card, picture?.caption));
  const written = [write(`models/${name}.json`, JSON.stringify(card, null, 2))];
  const cards = readdirSync(join(zoo, "models"))
    .filter((path) => path.endsWith(".json"))
    .toSorted()
    .map((path): ModelCard => JSON.parse(readFileSync(join(zoo, "models", path), "utf8")));
  const readme = readFileSync(join(zoo, "README.md"), "utf8");
  written.push(write("README.md", withModelTable(readme, cards)));
  execFileSync(join(root, "node_modules", ".bin", "biome"), ["check", "--write", ...written]);
}
