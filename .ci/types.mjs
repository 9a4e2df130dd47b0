// Whether the types of an installed package compile as a strict user has them: with `skipLibCheck: false`, in every
// TypeScript and module resolution below, with nothing installed but the package itself (and Node's types, where an
// entry is for Node alone).
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./pack.mjs";

// Usually the newest alone; SYMBREAK_TYPES=5.6,5.9,7 tries those in both resolutions, which takes a quarter of an hour.
const asked = process.env.SYMBREAK_TYPES;
const COMPILERS = (asked ?? "7").split(",");
const RESOLUTIONS = asked ? { bundler: "esnext", nodenext: "nodenext" } : { nodenext: "nodenext" };
const NODE_ONLY = ["cli", "datasets", "files", "web"];
const NODE_ENTRY = /\/(node|bytes)$/;

/** Installs the compilers, once for all packages; gives their directory. */
export function installCompilers(work) {
  const directory = join(work, "compilers");
  mkdirSync(directory);
  const versions = COMPILERS.map((version) => [
    `typescript-${version}`,
    `npm:typescript@${version}`,
  ]);
  const dependencies = { ...Object.fromEntries(versions), "@types/node": "^22.20.0" };
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, dependencies }));
  run("npm", ["install", "--no-audit", "--no-fund", "--silent"], directory);
  return join(directory, "node_modules");
}

/** What a package can be imported by; one model stands for all of a pattern's. */
const entriesOf = ({ name, exports }) =>
  Object.entries(exports)
    .filter(
      ([path, target]) => typeof target === "object" && target.types && path !== "./package.json",
    )
    .map(([path]) => name + path.slice(1).replace("*", "mnist"));

/** Compiles a module that exports all of the package's entries; throws with what the compiler says. */
export function checkTypes(manifest, project, compilers) {
  const short = manifest.name.split("/")[1];
  const entries = entriesOf(manifest);
  const groups = [
    [entries.filter((entry) => !NODE_ONLY.includes(short) && !NODE_ENTRY.test(entry)), []],
    [entries.filter((entry) => NODE_ONLY.includes(short) || NODE_ENTRY.test(entry)), ["node"]],
  ].filter(([those]) => those.length > 0);
  for (const [those, types] of groups) {
    const lines = those.map((entry, i) => `export * as entry${i} from "${entry}";`);
    writeFileSync(join(project, "types.ts"), `${lines.join("\n")}\n`);
    for (const [moduleResolution, module] of Object.entries(RESOLUTIONS)) {
      const compilerOptions = {
        target: "es2023",
        lib: ["es2023", "dom", "dom.iterable"],
        module,
        moduleResolution,
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
        noEmit: true,
        types,
        typeRoots: [join(compilers, "@types")],
      };
      writeFileSync(
        join(project, "tsconfig.json"),
        JSON.stringify({ compilerOptions, files: ["types.ts"] }),
      );
      for (const version of COMPILERS) {
        try {
          run(
            process.execPath,
            [join(compilers, `typescript-${version}`, "bin", "tsc"), "-p", "."],
            project,
          );
        } catch ({ stdout }) {
          throw new Error(
            `TypeScript ${version}, ${moduleResolution}, ${those.join(" ")}:\n${stdout}`,
          );
        }
      }
    }
  }
}
