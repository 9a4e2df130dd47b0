import type { Model } from "../model.ts";

/** The version that parity is tested with. */
export const DIFFUSERS_VERSION = "0.42.1";

/** A configuration file: snake_case keys, and `_class_name`. */
export type ConfigFile = Readonly<Record<string, unknown>>;

/** The network's `config.json`, as diffusers writes it. */
export function configOf(model: Model): ConfigFile {
  const entries = Object.entries(model.config as object);
  return {
    _class_name: model.className,
    _diffusers_version: DIFFUSERS_VERSION,
    ...Object.fromEntries(entries.map(([key, value]) => [snakeCase(key), value])),
  };
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
