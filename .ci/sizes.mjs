// What each package weighs: its tarball, and its main entry in a page (bundled alone with what it needs, minified,
// gzipped; engines, which a page chooses, are left out). Fails where one outgrows its bound. Needs a build.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { packAll, packages, root } from "./pack.mjs";

/** Bounds in kB (1000 bytes): of tarballs, and of entries in pages; packages for Node alone have no entry here. */
const BOUNDS = {
  analysis: { tarball: 465, page: 112 },
  cli: { tarball: 340 },
  core: { tarball: 310, page: 50 },
  datasets: { tarball: 165 },
  figures: { tarball: 150, page: 130 },
  files: { tarball: 21 },
  graph: { tarball: 130, page: 16 },
  networks: { tarball: 105, page: 78 },
  samplers: { tarball: 195, page: 38 },
  trainer: { tarball: 395, page: 65 },
  web: { tarball: 18000 },
  zoo: { tarball: 16500, page: 5 },
};
const ENGINES = /^(onnxruntime-|@tensorflow\/)/;

/** What a bundler emits for one module in a page. */
async function bundle(input) {
  const { output } = await build({
    configFile: false,
    logLevel: "silent",
    root,
    build: {
      write: false,
      assetsInlineLimit: 0,
      rollupOptions: { input, external: ENGINES, preserveEntrySignatures: "strict" },
    },
  });
  return output;
}

const kilobytes = (bytes) => Math.round(bytes / 100) / 10;
const gzipped = (output) =>
  output.reduce((sum, { type, code }) => sum + (type === "chunk" ? gzipSync(code).length : 0), 0);

const work = mkdtempSync(join(tmpdir(), "symbreak-sizes-"));
const faults = [];
try {
  const tarballs = packAll(work);
  console.log("package      tarball kB   page kB (minified, gzipped)");
  for (const { name, folder } of packages) {
    const short = basename(folder);
    const bounds = BOUNDS[short];
    const found = { tarball: kilobytes(statSync(tarballs[name]).size) };
    if (bounds.page) found.page = kilobytes(gzipped(await bundle(join(folder, "dist/index.js"))));
    for (const [what, size] of Object.entries(found)) {
      if (size > bounds[what])
        faults.push(`${name}: ${what} ${size} kB is over ${bounds[what]} kB`);
    }
    const page = found.page ? `${found.page} of ${bounds.page}` : "";
    console.log(
      `${short.padEnd(12)} ${`${found.tarball} of ${bounds.tarball}`.padEnd(18)} ${page}`,
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

// A page that imports one network carries that network's files and no other's.
const assets = (await bundle(join(root, "packages/zoo/dist/models/mnist.js")))
  .filter(({ type, fileName }) => type === "asset" && !fileName.endsWith(".js"))
  .map(({ names }) => names[0]);
console.log(`@symbreak/zoo/mnist emits ${assets.sort().join(", ")}`);
if (assets.some((file) => !/^mnist\.(json|onnx|moments)$/.test(file)) || assets.length !== 3) {
  faults.push(`@symbreak/zoo/mnist must emit mnist.json, mnist.moments and mnist.onnx alone`);
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;
