import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { checkedBytes } from "../src/checked-bytes.ts";

const content = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) % 256);
const damaged = content.with(777, content[777]! ^ 1);
const sha256 = createHash("sha256").update(content).digest("hex");
const card = { bytes: content.length, sha256 };
const what = "the weights of tiny";

let directory: string;
let server: Server;
let origin: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "zoo-"));
  await writeFile(join(directory, "good.onnx"), content);
  await writeFile(join(directory, "bad.onnx"), damaged);
  server = createServer(({ url }, response) => {
    const body = { "/good.onnx": content, "/bad.onnx": damaged }[url ?? ""];
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await rm(directory, { recursive: true });
});
afterEach(() => vi.unstubAllGlobals());

test.each([
  ["files", () => `${pathToFileURL(directory)}/`],
  ["the web", () => origin],
])("bytes of %s are given where they are the card's", async (_, base) => {
  expect(await checkedBytes(what, card, new URL("good.onnx", base()))).toEqual(content);
});

test.each([
  ["files", () => `${pathToFileURL(directory)}/`],
  ["the web", () => origin],
])("one changed bit in %s is an error that names the file and both digests", async (_, base) => {
  const found = createHash("sha256").update(damaged).digest("hex");
  await expect(checkedBytes(what, card, new URL("bad.onnx", base()))).rejects.toThrow(
    `bad.onnx must hold the weights of tiny, 5000 bytes with sha256 ${sha256}, got 5000 bytes with ${found}`,
  );
});

test("what is not there is an error that names it", async () => {
  await expect(checkedBytes(what, card, new URL("none.onnx", origin))).rejects.toThrow(
    "none.onnx cannot be read: 404 Not Found",
  );
  const file = pathToFileURL(join(directory, "none.onnx"));
  await expect(checkedBytes(what, card, file)).rejects.toThrow("none.onnx");
});

test("where weights cannot be checked they are not given", async () => {
  vi.stubGlobal("crypto", {});
  await expect(checkedBytes(what, card, new URL("good.onnx", origin))).rejects.toThrow(
    "over https",
  );
});
