import { execFileSync } from "node:child_process";
import { symlinkSync, truncateSync } from "node:fs";
import { expect, test } from "vitest";
import { readBytes } from "../../src/formats/read-bytes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();

test("a file is read whole, as plain bytes", async () => {
  const bytes = await readBytes(folder.write("a", Uint8Array.of(1, 2)));
  expect(bytes).toEqual(Uint8Array.of(1, 2));
  expect(Buffer.isBuffer(bytes)).toBe(false);
});

test("what cannot be read is a DatasetError with the system's reason", async () => {
  await expect(readBytes(`${folder.path}/none`)).rejects.toThrow("found ENOENT");
  await expect(readBytes(folder.path)).rejects.toThrow("found EISDIR");
});

test("what has no end is refused at once, whatever links lead to it", async () => {
  symlinkSync("/dev/zero", `${folder.path}/zero.npy`);
  execFileSync("mkfifo", [`${folder.path}/pipe.npy`]);
  for (const name of ["zero.npy", "pipe.npy"])
    await expect(readBytes(`${folder.path}/${name}`)).rejects.toThrow(
      `${folder.path}/${name}: expected a readable file, found a pipe, a socket or a device`,
    );
});

test("a file of more than 2 GiB is refused", async () => {
  const file = folder.write("large", "");
  truncateSync(file, 2 ** 31 + 1); // sparse: it takes no space
  await expect(readBytes(file)).rejects.toThrow("File size (2147483649) is greater than 2 GiB");
});
