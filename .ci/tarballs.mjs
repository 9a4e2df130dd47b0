// Packs every package, installs each tarball alone in an empty project with npm, then imports and calls it there
// on the Node that runs this script: what a user of that one package gets.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), "symbreak-tarballs-"));
const run = (command, args, cwd) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
  });

const packages = readdirSync(join(root, "packages"))
  .map((folder) => join(root, "packages", folder))
  .map((folder) => ({ folder, ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) }))
  .filter((manifest) => !manifest.private);

const tarballs = Object.fromEntries(
  packages.map(({ name, folder }) => {
    const out = run("npx", ["-y", "pnpm@12", "pack", "--json", "--pack-destination", work], folder);
    const { filename } = [JSON.parse(out.slice(out.search(/[[{]/)))].flat()[0];
    return [name, `file:${join(work, filename.split("/").pop())}`];
  }),
);

let failures = 0;
for (const { name } of packages) {
  const short = name.split("/")[1];
  const project = join(work, short);
  mkdirSync(project);
  const { [name]: tarball, ...overrides } = tarballs;
  const manifest = { private: true, type: "module", dependencies: { [name]: tarball }, overrides };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  for (const file of ["assert", short]) {
    copyFileSync(join(root, ".ci", "smoke", `${file}.mjs`), join(project, `${file}.mjs`));
  }
  try {
    run("npm", ["install", "--no-audit", "--no-fund", "--silent"], project);
    console.log(`ok   ${name}: ${run(process.execPath, [`${short}.mjs`], project).trim()}`);
  } catch (error) {
    failures++;
    console.log(`FAIL ${name}: ${error.stderr || error.stdout || error}`);
  }
}
rmSync(work, { recursive: true, force: true });
console.log(
  `Node ${process.version}: ${packages.length - failures} of ${packages.length} tarballs work alone`,
);
process.exitCode = failures ? 1 : 0;
