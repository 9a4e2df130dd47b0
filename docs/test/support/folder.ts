import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { philoxUniform } from "@symbreak/core";
import sharp from "sharp";
import { ROOT } from "./pages.ts";

/** What the programs of the pages find in their folder: twelve photographs, as far as noise is one, and somebody's network. */
export async function prepare(folder: string): Promise<void> {
  copyFileSync(join(ROOT, "packages/zoo/models/mnist.onnx"), join(folder, "unet.onnx"));
  const photographs = join(folder, "photographs");
  mkdirSync(photographs);
  const raw = { width: 96, height: 72, channels: 3 } as const;
  for (let i = 0; i < 12; i++) {
    const grain = new Float64Array(raw.width * raw.height * 3);
    philoxUniform(1, [i])(grain, grain.length, 0);
    const light = 60 + 15 * i;
    const pixels = Uint8Array.from(grain, (u) => light * (0.7 + 0.3 * u));
    await sharp(pixels, { raw }).toFile(join(photographs, `${i}.png`));
  }
}
