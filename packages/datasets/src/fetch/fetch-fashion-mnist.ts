import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError } from "../dataset-error.ts";
import { FASHION_DEBIAN, loadFashionMnist } from "../sets/fashion-mnist.ts";
import type { Progress } from "./progress.ts";
import { runCommand } from "./run-command.ts";

const PACKAGE = "dataset-fashion-mnist";
const HINT =
  "Elsewhere than on Debian (after apt-get update), get the four idx.gz files that Zalando publishes and give the directory that has them";

/** Downloads Debian's package by apt, without installing it, and leaves the four idx.gz files in `folder`. */
export async function fetchFashionMnist(folder: string, progress: Progress): Promise<void> {
  progress(`downloading Debian package ${PACKAGE} (31 MB)`);
  await runCommand("apt-get", ["download", PACKAGE], folder, HINT);
  const deb = (await readdir(folder)).find((entry) => entry.endsWith(".deb"));
  if (deb === undefined) {
    throw new DatasetError({ file: folder, expected: "the package, a .deb", found: "none" });
  }
  progress("unpacking");
  const unpacked = join(folder, "unpacked");
  await runCommand("dpkg-deb", ["--extract", deb, unpacked], folder, HINT);
  const content = join(unpacked, FASHION_DEBIAN);
  for (const name of await readdir(content)) await rename(join(content, name), join(folder, name));
  await rm(unpacked, { recursive: true });
  await rm(join(folder, deb));
  // apt has checked the package's signature; the content's sha256 is what makes it the published set.
  progress("checking the images");
  for (const split of ["train", "test"] as const) {
    await loadFashionMnist({ split, directory: folder });
  }
}
