import { invalid } from "@symbreak/core";

/**
 * A config with some keys set: `["optimiser.rate=1e-3", "data.dataset=./images"]`. Values are JSON where they can be
 * read as such, text elsewhere.
 */
export function withSettings(config: unknown, settings: readonly string[]): unknown {
  const copy = structuredClone(config) as Record<string, unknown>;
  for (const setting of settings) {
    const [, path, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (path === undefined || text === undefined)
      throw invalid("withSettings", "a setting must be like optimiser.rate=1e-3", setting);
    const keys = path.split(".");
    if (keys.some((key) => key in Object.prototype))
      throw invalid("withSettings", "a setting must name keys of a config", setting);
    let at = copy;
    for (const key of keys.slice(0, -1)) {
      at[key] ??= {};
      if (typeof at[key] !== "object")
        throw invalid("withSettings", `${key} must hold further keys`, setting);
      at = at[key] as Record<string, unknown>;
    }
    at[keys.at(-1)!] = parsed(text);
  }
  return copy;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
