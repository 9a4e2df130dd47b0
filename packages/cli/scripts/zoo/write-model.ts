import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelCard } from "@symbreak/zoo";
import { cardModule, modelsModule } from "./card-module.ts";
import { cardPage } from "./card-page.ts";
import { withModelTable } from "./model-table.ts";
import { type Captioned, curvePicture } from "./pictures.ts";

/** Writes all that `packages/zoo` under `root` holds of a model, and of all models, as Biome would have it. */
export function writeModel(
  root: string,
  card: ModelCard,
  { onnx, picture }: { readonly onnx: Uint8Array; readonly picture: Captioned },
): void {
  const zoo = join(root, "packages", "zoo");
  const write = (path: string, content: string | Uint8Array): string => {
    writeFileSync(join(zoo, path), content);
    return join(zoo, path);
  };
  const { name } = card;
  write(`models/${name}.onnx`, onnx);
  write(`models/${name}.png`, picture.png);
  write(`models/${name}.svg`, curvePicture(card));
  const written = [
    write(`models/${name}.json`, JSON.stringify(card, null, 2)),
    write(`models/${name}.md`, cardPage(card, picture.caption)),
    write(`src/models/${name}.ts`, cardModule(card)),
  ];
  const cards = readdirSync(join(zoo, "models"))
    .filter((path) => path.endsWith(".json"))
    .toSorted()
    .map((path): ModelCard => JSON.parse(readFileSync(join(zoo, "models", path), "utf8")));
  const readme = readFileSync(join(zoo, "README.md"), "utf8");
  written.push(
    write("src/models.ts", modelsModule(cards.map((one) => one.name))),
    write("README.md", withModelTable(readme, cards)),
  );
  execFileSync(join(root, "node_modules", ".bin", "biome"), ["check", "--write", ...written]);
}
