import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npzBytes } from "@symbreak/datasets";
import { tinySet } from "./tiny-set.ts";

/** A network of 8×8 pixels, as diffusers stored it. */
export const TINY_NETWORK: string = fileURLToPath(
  new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);

/** Writes sixty pictures of two classes for it, and says where. */
export function tinyImages(folder: string): string {
  const { values, labels, shape, count } = tinySet(60, [1, 8, 8]);
  const path = join(folder, "images.npz");
  const images = { data: values as Uint8Array, shape: [count, ...shape.slice(1)] };
  writeFileSync(path, npzBytes({ images, labels: { data: labels as Uint8Array } }));
  return path;
}
