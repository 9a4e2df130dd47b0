import { stat } from "node:fs/promises";
import * as nodeModule from "node:module";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readJson } from "@symbreak/files";

/** The config that a run directory keeps. */
export const CONFIG_FILE = "config.json";

/**
 * What a config file exports by default, unchecked: `.ts`, `.js` and `.mjs` are run by Node itself, `.json` is read. Of
 * a run directory, the config that it was trained with.
 *
 * A file outside any project may import `@symbreak/trainer` too: it gets this one.
 */
export async function loadConfig(path: string): Promise<unknown> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `loadConfig: ${path} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}`,
    );
  });
  const file = info.isDirectory() ? join(path, CONFIG_FILE) : path;
  if (extname(file) === ".json") return readJson(file);
  provideThisPackage();
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    const untyped = (error as { code?: string }).code === "ERR_UNKNOWN_FILE_EXTENSION";
    if (!untyped) throw error;
    throw new Error(
      `loadConfig: Node ${process.version} does not run ${file}: take Node 22.18 or later, or a .js file`,
    );
  }
  if (module.default === undefined)
    throw new Error(
      `loadConfig: ${file} must have a default export: export default defineConfig({ … })`,
    );
  return module.default;
}

let provided = false;

function provideThisPackage(): void {
  // Node 22.15 and later; earlier versions do not run .ts files anyway.
  if (provided || nodeModule.registerHooks === undefined) return;
  provided = true;
  nodeModule.registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!specifier.startsWith("@symbreak/trainer")) throw error;
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
}
