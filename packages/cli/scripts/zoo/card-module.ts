import type { ModelCard } from "@symbreak/zoo";

/** `src/models/<name>.ts`: the card, and its file's URL written out for bundlers. */
export function cardModule(card: ModelCard): string {
  return `import type { Model } from "../model.ts";

/** Made by cli's scripts/zoo/make.ts, as models/${card.name}.json. */
export const ${identifier(card.name)}: Model = {
  card: ${JSON.stringify(card, null, 2)},
  weights: () => new URL("../../models/${card.name}.onnx", import.meta.url),
};
`;
}

/** `src/models.ts`: every model by name. */
export function modelsModule(names: readonly string[]): string {
  const imports = names.map((name) => `import { ${identifier(name)} } from "./models/${name}.ts";`);
  const entries = names.map((name) => `  ${JSON.stringify(name)}: ${identifier(name)},`);
  return `import type { Model } from "./model.ts";
${imports.join("\n")}

/** The models there are. */
export type ModelName = ${names.map((name) => JSON.stringify(name)).join(" | ")};

/** Made by cli's scripts/zoo/make.ts. */
export const MODELS: Readonly<Record<ModelName, Model>> = {
${entries.join("\n")}
};
`;
}

function identifier(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
