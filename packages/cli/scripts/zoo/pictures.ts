import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  bytesOf,
  type Data,
  imageShape,
  inUnits,
  takeSamples,
  unitsOf,
  withUnits,
} from "@symbreak/core";
import { imageGrid, trainingCurve } from "@symbreak/figures";
import type { Training } from "@symbreak/zoo";
import { JSDOM } from "jsdom";
import { main } from "../../src/main.ts";
import type { LoadedClassifier } from "../../src/network/load-classifier.ts";
import { pngBytes } from "../../src/png-bytes.ts";
import { onWhite } from "../on-white.ts";

/** A picture and the words under it. */
export interface Captioned {
  readonly png: Uint8Array;
  readonly caption: string;
}

const [COUNT, COLUMNS] = [64, 16];

/** The loss of a card's training. */
export function curvePicture(name: string, training: Training): string {
  const { document } = new JSDOM("").window;
  const data = { name, loss: "training loss", points: training.lossCurve };
  return onWhite(trainingCurve(data, { document }));
}

/** Images of a denoiser's file, as `ssb sample` draws them. */
export async function samplePicture(
  name: string,
  file: string,
  folder: string,
  hasClasses: boolean,
): Promise<Captioned> {
  const options = [
    ...["--start", "noise", "--steps", "20", "--count", `${COUNT}`, "--seed", "1"],
    ...(hasClasses ? ["--class", "all"] : []),
  ];
  if ((await main(["sample", file, ...options, "--out", folder])) !== 0)
    throw new Error(`${file} cannot be sampled`);
  const caption = `\`ssb sample zoo:${name} ${options.join(" ")}\`: DDIM, 20 network calls, not selected.`;
  return { png: readFileSync(join(folder, "samples.png")), caption };
}

/** The first test images that a classifier names wrong. */
export async function errorPicture(
  { classify, classes, scale }: LoadedClassifier,
  set: Data,
  training: Data,
): Promise<Captioned> {
  const values = inUnits(withUnits(set, unitsOf(training, scale)));
  const { logits } = await classify(values, set.count);
  const wrong: number[] = [];
  for (let i = 0; i < set.count && wrong.length < COUNT; i++) {
    const row = logits.subarray(i * classes.length, (i + 1) * classes.length);
    if (row.indexOf(Math.max(...row)) !== set.labels![i]) wrong.push(i);
  }
  const images = bytesOf("zoo", takeSamples(set, wrong));
  const { uri } = imageGrid({ images, shape: imageShape("zoo", set), columns: COLUMNS });
  return {
    png: pngBytes(uri),
    caption: `The first ${wrong.length} test images that it names wrong.`,
  };
}
