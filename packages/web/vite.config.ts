import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
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
  worker: { format: "es" },
  plugins: [contentSecurityPolicy, serviceWorker],
  build: {
    outDir: "dist/page",
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
