import { basename } from "node:path";
import type { Data } from "@symbreak/core";
import { type Findings, findings } from "../load-report.ts";
import { type ArrayOptions, arrayImages } from "./array-images.ts";
import { readNpy } from "./npy.ts";
import type { NpyArray } from "./parse-npy.ts";
import { npzImages, parseNpz } from "./parse-npz.ts";
import { readBytes } from "./read-bytes.ts";

/** Reads a .npy file of images, without labels. */
export async function readNpyImages(file: string, options: ArrayOptions = {}): Promise<Data> {
  const images = arrayImages(await readNpy(file), file, options);
  return { ...unnamed(file), ...images, labels: undefined };
}

/** Reads images and labels from a .npz archive by the usual names: `npzImages`. */
export async function readNpzImages(
  file: string,
  options: ArrayOptions & { readonly split?: string } = {},
  found: Findings = findings(),
): Promise<Data> {
  return { ...unnamed(file), ...npzImages(await readBytes(file), file, options, found) };
}

/**
 * Reads all arrays of a .npz archive by name.
 *
 * @throws DatasetError on damage, and on arrays of anything but numbers
 */
export async function readNpz(file: string): Promise<Record<string, NpyArray>> {
  const arrays = parseNpz(await readBytes(file), file);
  return Object.fromEntries([...arrays].map(([name, read]) => [name, read()]));
}

function unnamed(
  file: string,
): Pick<Data, "name" | "split" | "selection" | "classNames" | "source"> {
  const name = basename(file).replace(/\.np[yz]$/, "");
  return { name, split: undefined, selection: [], classNames: undefined, source: file };
}
