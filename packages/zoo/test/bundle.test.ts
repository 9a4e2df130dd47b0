import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build, type Rollup } from "vite";
import { expect, test } from "vitest";
import { loadWeights, zoo } from "../src/index.ts";

test("a bundle for browsers takes every file along and imports nothing of Node", async () => {
  const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));
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
  const [chunk, ...more] = output.filter((file) => file.type === "chunk");
  const files = output.filter((file) => file.type === "asset");
  const digests = files.map(({ source }) => createHash("sha256").update(source).digest("hex"));
  expect(digests.toSorted()).toEqual(
    Object.values(zoo)
      .map(({ sha256 }) => sha256)
      .toSorted(),
  );
  expect(more).toEqual([]);
  expect(chunk!.imports).toEqual([]);
  for (const { fileName } of files) expect(chunk!.code).toContain(fileName);
  // Cards, and hardly more.
  expect(chunk!.code.length).toBeLessThan(64_000);

  const served: string[] = [];
  const server = createServer(({ url }, response) => {
    served.push(url!);
    response.end(files.find(({ fileName }) => `/${fileName}` === url)?.source);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const code = chunk!.code.replaceAll("import.meta.url", JSON.stringify(origin));
    const bundled = await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
    );
    expect(bundled.zoo).toEqual(zoo);
    expect(await bundled.loadWeights("mnist-classifier")).toEqual(
      await loadWeights("mnist-classifier"),
    );
    // Nothing but the file that was asked for.
    expect(served).toEqual([expect.stringContaining("mnist-classifier")]);
  } finally {
    await new Promise((done) => server.close(done));
  }
});
