import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build, type Rollup } from "vite";
import { expect, test, vi } from "vitest";
import { loadModel, MODEL_NAMES } from "../src/index.ts";

const sha256 = (source: string | Uint8Array) => createHash("sha256").update(source).digest("hex");

/** A module of the package as a page's bundle has it. */
async function bundle(module: string): Promise<{
  readonly chunks: readonly Rollup.OutputChunk[];
  readonly assets: readonly Rollup.OutputAsset[];
}> {
  const entry = fileURLToPath(new URL(`../src/${module}`, import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: entry, preserveEntrySignatures: "strict" },
    },
  });
  const { output } = [result].flat()[0] as Rollup.RollupOutput;
  return {
    chunks: output.filter((file) => file.type === "chunk"),
    assets: output.filter((file) => file.type === "asset"),
  };
}

test("a bundle of one model has that model's files and no other's", async () => {
  const { chunks, assets } = await bundle("models/mnist.ts");
  const { card } = await loadModel("mnist");
  if (card.kind !== "denoiser") throw new Error("mnist is a denoiser");
  const networks = assets.filter(({ fileName }) => fileName.endsWith(".onnx"));
  expect(networks.map(({ source }) => sha256(source))).toEqual([card.sha256]);
  const moments = assets.filter(({ fileName }) => fileName.endsWith(".moments"));
  expect(moments.map(({ source }) => sha256(source))).toEqual([card.moments!.sha256]);
  expect(chunks.length).toBe(1);
  expect(chunks[0]!.imports).toEqual([]);
  expect(chunks[0]!.code).not.toContain("classifier");
});

test("a page fetches of a model what it asks for, even where it may not fetch what is in the code", async () => {
  const { chunks, assets } = await bundle("models/mnist.ts");
  const served: string[] = [];
  const server = createServer(({ url }, response) => {
    served.push(url!);
    response.end(assets.find(({ fileName }) => `/${fileName}` === url)?.source);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { fetch } = globalThis;
  // As under a Content-Security-Policy with connect-src 'self'.
  vi.stubGlobal("fetch", (url: URL) =>
    url.protocol === "data:" ? Promise.reject(new TypeError("refused")) : fetch(url),
  );
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const code = chunks[0]!.code.replaceAll("import.meta.url", JSON.stringify(origin));
    const { load } = await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
    );
    const [bundled, model] = [await load(), await loadModel("mnist")];
    expect(bundled.card).toEqual(model.card);
    expect(served.filter((url) => !url.endsWith(".json"))).toEqual([]);
    expect(await bundled.weights()).toEqual(await model.weights());
    expect(await bundled.moments()).toEqual(await model.moments());
    const files = served.filter((url) => !url.includes(".json"));
    expect(files).toEqual([
      expect.stringMatching(/mnist.*\.onnx$/),
      expect.stringMatching(/mnist.*\.moments$/),
    ]);
  } finally {
    vi.unstubAllGlobals();
    await new Promise((done) => server.close(done));
  }
});

test("a bundle of the list takes every model along, each behind an import of its own", async () => {
  const { chunks, assets } = await bundle("index.ts");
  const networks = assets.filter(({ fileName }) => fileName.endsWith(".onnx"));
  const cards = await Promise.all(MODEL_NAMES.map(async (name) => (await loadModel(name)).card));
  expect(networks.map(({ source }) => sha256(source)).toSorted()).toEqual(
    cards.map((card) => card.sha256).toSorted(),
  );
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  expect(entry.code).not.toContain(".onnx");
  expect(entry.dynamicImports.length).toBe(MODEL_NAMES.length);
  expect(chunks.flatMap(({ imports }) => imports).filter((name) => /node/.test(name))).toEqual([]);
});
