// Packs every package as it would be published.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A command's output; an error with what it printed if it fails. */
export const run = (command, args, cwd) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
  });

/** The published packages: `{ folder, ...manifest }` each. */
export const packages = readdirSync(join(root, "packages"))
  .map((folder) => join(root, "packages", folder))
  .map((folder) => ({ folder, ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) }))
  .filter((manifest) => !manifest.private);

/** Packs all into a directory; the tarball of each name. */
export const packAll = (directory) =>
  Object.fromEntries(
    packages.map(({ name, folder }) => {
      const out = run(
        "npx",
        ["-y", "pnpm@12", "pack", "--json", "--pack-destination", directory],
        folder,
      );
      const { filename } = [JSON.parse(out.slice(out.search(/[[{]/)))].flat()[0];
      return [name, join(directory, basename(filename))];
    }),
  );
