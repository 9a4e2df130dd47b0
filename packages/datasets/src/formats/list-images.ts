import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { DatasetError } from "../dataset-error.ts";
import type { Findings } from "../load-report.ts";
import { naturalOrder } from "./natural-order.ts";

/** What sharp reads as pixels. SVG is a drawing without a size of its own. */
const IMAGE = /^\.(?:png|jpe?g|jpe|jfif|webp|gif|tiff?|avif)$/i;

/**
 * The image files in a folder and below it, relative to it, in natural order: each real file once, whatever links lead to it.
 *
 * What is no image is counted in `findings`: other extensions, hidden files, archives' leftovers (`__MACOSX`), dangling links,
 * links to what is there already (so that a loop ends), pipes, sockets and devices, which are never opened.
 *
 * @throws DatasetError when the folder cannot be listed
 */
export async function listImages(root: string, found: Findings): Promise<string[]> {
  const seen = new Set<string>();
  const files: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await listFolder(join(root, folder));
    // Real ones first: a link to one of them is then the second way to it.
    const isLink = (entry: (typeof entries)[number]): number => Number(entry.isSymbolicLink());
    entries.sort((a, b) => isLink(a) - isLink(b) || naturalOrder(a.name, b.name));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".")) found.ignore("hidden");
      else if (entry.name === "__MACOSX") found.ignore("__MACOSX");
      else await visit(path);
    }
  };
  const visit = async (path: string): Promise<void> => {
    const whole = join(root, path);
    const kind = await stat(whole).catch(() => undefined);
    if (kind === undefined) return found.ignore("dangling link");
    if (!kind.isFile() && !kind.isDirectory()) return found.ignore("pipe, socket or device");
    const extension = extname(path).toLowerCase();
    if (kind.isFile() && !IMAGE.test(extension)) return found.ignore(extension || "no extension");
    const real = await realpath(whole);
    if (seen.has(real)) return found.ignore("link to what is there already");
    seen.add(real);
    if (kind.isDirectory()) await walk(path);
    else files.push(path);
  };
  seen.add(await realpath(root).catch(() => root));
  await walk("");
  return files.sort(naturalOrder);
}

async function listFolder(folder: string): Promise<import("node:fs").Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const found = (cause as Error).message;
    throw new DatasetError({ file: folder, expected: "a folder of images", found, cause });
  }
}
