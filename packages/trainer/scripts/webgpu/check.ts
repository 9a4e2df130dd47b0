/**
 * Trains three steps in headless Chromium on onnxruntime-web, in WebAssembly and on WebGPU (SwiftShader's, in software),
 * and compares the state with graph's interpreter.
 *
 *   node scripts/webgpu/check.ts [chromium]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createServer } from "vite";

const profile = mkdtempSync(join(tmpdir(), "symbreak-webgpu-"));
let finish = (): void => {};
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});

const server = await createServer({
  root: import.meta.dirname,
  configFile: false,
  logLevel: "warn",
  cacheDir: join(profile, "vite"),
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  optimizeDeps: {
    exclude: ["onnxruntime-web", "@symbreak/core", "@symbreak/graph"],
    include: ["@symbreak/core > ml-matrix"],
  },
  server: { fs: { strict: false } },
  plugins: [
    {
      name: "say",
      configureServer: ({ middlewares }) => {
        middlewares.use("/say", async (request, response) => {
          const line = await text(request);
          response.end();
          if (line === "done") finish();
          else console.log(line);
        });
      },
    },
  ],
});
await server.listen();

const chromium = spawn(
  process.argv[2] ?? "chromium",
  [
    "--headless=new",
    "--no-sandbox",
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--use-angle=swiftshader",
    `--user-data-dir=${join(profile, "chromium")}`,
    server.resolvedUrls!.local[0]!,
  ],
  { stdio: "ignore" },
);
chromium.on("error", (error) => {
  console.error(error.message);
  finish();
});
const patience = setTimeout(() => {
  console.error("no answer from Chromium in two minutes");
  finish();
}, 120_000);

await finished;
clearTimeout(patience);
chromium.kill();
await server.close();
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
