// Packs every package, installs each tarball alone in an empty project with npm, then imports and calls it there
// on the Node that runs this script, and compiles its types: what a user of that one package gets.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packAll, packages, root, run } from "./pack.mjs";
import { checkTypes, installCompilers } from "./types.mjs";

const work = mkdtempSync(join(tmpdir(), "symbreak-tarballs-"));
const tarballs = packAll(work);
const compilers = installCompilers(work);

let failures = 0;
for (const manifest of packages) {
  const { name } = manifest;
  const short = name.split("/")[1];
  const project = join(work, short);
  mkdirSync(project);
  const files = Object.entries(tarballs).map(([other, file]) => [other, `file:${file}`]);
  const { [name]: tarball, ...overrides } = Object.fromEntries(files);
  const dependencies = { [name]: tarball };
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies, overrides }),
  );
  for (const file of ["assert", short]) {
    copyFileSync(join(root, ".ci", "smoke", `${file}.mjs`), join(project, `${file}.mjs`));
  }
  try {
    run("npm", ["install", "--no-audit", "--no-fund", "--silent"], project);
    console.log(`ok   ${name}: ${run(process.execPath, [`${short}.mjs`], project).trim()}`);
    checkTypes(manifest, project, compilers);
  } catch (error) {
    failures++;
    console.log(`FAIL ${name}: ${error.stderr || error.stdout || error.message}`);
  }
}
rmSync(work, { recursive: true, force: true });
console.log(
  `Node ${process.version}: ${packages.length - failures} of ${packages.length} tarballs work alone`,
);
process.exitCode = failures ? 1 : 0;
