import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Whether a package loads here: its version, or why not. */
export type Probe =
  | { readonly available: true; readonly version: string }
  | { readonly available: false; readonly reason: string };

/** Loads the package, finds the version beside its entry, prints both or the reason as JSON. */
const SCRIPT = `
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
const [name, from] = process.argv.slice(1);
const require = createRequire(from);
let answer;
try {
  const entry = require.resolve(name);
  require(name);
  let folder = dirname(entry);
  const manifest = () => join(folder, "package.json");
  while (!(existsSync(manifest()) && JSON.parse(readFileSync(manifest(), "utf8")).name === name)) folder = dirname(folder);
  answer = { available: true, version: JSON.parse(readFileSync(manifest(), "utf8")).version };
} catch (error) {
  const missing = error.code === "MODULE_NOT_FOUND" && error.message.includes("'" + name + "'");
  answer = { available: false, reason: missing ? "not installed" : "installed, but does not load: " + String(error.message).split("\\n")[0] };
}
process.stdout.write("\\n" + JSON.stringify(answer), () => process.exit(0));
`;

/** Tries a package in a process of its own, so that a broken native part cannot take this one along. */
export async function probe(name: string): Promise<Probe> {
  const args = ["--input-type=module", "--eval", SCRIPT, name, fileURLToPath(import.meta.url)];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
    return JSON.parse(stdout.slice(stdout.lastIndexOf("\n") + 1));
  } catch (error) {
    const { signal, message } = error as { signal?: string; message: string };
    return {
      available: false,
      reason: signal ? `loading it ended with ${signal}` : message.split("\n")[0]!,
    };
  }
}
