import { invalid } from "@symbreak/core";

/**
 * The options over their defaults. A key that the configuration does not have is refused, since nothing would heed it,
 * and so is a value of another kind than its default (`null` and `undefined` take any kind, `nullable` keys `null` too):
 * options come out of files.
 */
export function complete<Config extends object>(
  where: string,
  defaults: Readonly<Record<keyof Config, unknown>>,
  options: Partial<Config>,
  nullable: readonly (keyof Config)[] = [],
): Config {
  for (const [key, value] of Object.entries(options) as [keyof Config & string, unknown][]) {
    if (!Object.hasOwn(defaults, key))
      throw invalid(where, "there is no such configuration key", key);
    const usual = defaults[key];
    const free = usual == null || (value === null && nullable.includes(key));
    if (!free && kindOf(value) !== kindOf(usual))
      throw invalid(where, `${key} must be of kind ${kindOf(usual)}`, value);
  }
  return { ...defaults, ...options } as Config;
}

function kindOf(value: unknown): string {
  if (typeof value === "number") return Number.isFinite(value) ? "number" : "no finite number";
  return Array.isArray(value) ? "list" : typeof value;
}
