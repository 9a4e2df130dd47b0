// Refuses a package whose manifest leaves out what a registry shows of it, or what a bundler needs to know.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SITE = "https://github.com/symbreak/symbreak";

/** What each field of the manifest of `packages/<folder>` must be: a value, or a test of it. */
const fieldsOf = (folder) => ({
  name: `@symbreak/${folder}`,
  description: (text) => typeof text === "string" && /^[^\s].*\.$/.test(text),
  license: (text) => /\bMIT\b/.test(text),
  author: "The symbreak authors",
  homepage: `${SITE}/tree/main/packages/${folder}#readme`,
  repository: { type: "git", url: `git+${SITE}.git`, directory: `packages/${folder}` },
  bugs: `${SITE}/issues`,
  keywords: (words) =>
    Array.isArray(words) && words.length >= 5 && new Set(words).size === words.length,
  type: "module",
  sideEffects: (files) => files === false || (Array.isArray(files) && files.length > 0),
  files: (names) => Array.isArray(names) && names.includes("dist"),
  engines: { node: ">=20.19" },
  publishConfig: ({ access, provenance } = {}) => access === "public" && provenance === true,
});

const faults = readdirSync(join(root, "packages")).flatMap((folder) => {
  const manifest = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
  return Object.entries(fieldsOf(folder)).flatMap(([field, rule]) => {
    const value = manifest[field];
    const right =
      typeof rule === "function" ? rule(value) : JSON.stringify(value) === JSON.stringify(rule);
    return right ? [] : [`packages/${folder}/package.json: "${field}" is ${JSON.stringify(value)}`];
  });
});
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;
