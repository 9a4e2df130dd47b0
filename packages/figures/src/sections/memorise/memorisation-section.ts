import type { Memorisation, NearnessReport } from "@symbreak/analysis";
import type { ImageShape } from "@symbreak/core";
import { imageGrid } from "../../image-grid.ts";
import { numbers, pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";

/** Samples held against training images, with the images. */
export interface MemorisationSubject {
  readonly memorisation: Memorisation;
  /** As bytes, in the order of the report. */
  readonly samples: Uint8Array;
  readonly training: Uint8Array;
  readonly shape: ImageShape;
  /** How the samples were made: "DDIM, 10 steps, late start". */
  readonly how: string;
}

/** Samples shown, those nearest to a training image first. */
const SHOWN = 12;

/** Whether samples are copies of training images: the shares, and the samples that are most like one. */
export function memorisationSection(subject: MemorisationSubject): Section {
  const { memorisation, samples, training, shape, how } = subject;
  const { memorised, nearest, ratios, ratio, heldOut } = memorisation;
  const size = shape.reduce((product, side) => product * side, 1);
  const order = ratios.map((_, i) => i).sort((a, b) => ratios[a]! - ratios[b]!);
  const shown = order.slice(0, SHOWN);
  const pair = new Uint8Array(2 * shown.length * size);
  shown.forEach((sample, i) => {
    const other = nearest[sample]!;
    pair.set(samples.subarray(sample * size, (sample + 1) * size), i * size);
    pair.set(training.subarray(other * size, (other + 1) * size), (shown.length + i) * size);
  });
  const criterion = ratio === 1 / 3 ? "a third" : ratio.toPrecision(2);
  const chance = heldOut
    ? ` Of as many images that were not trained on ${percent(heldOut.memorised.value)} would count: chance.`
    : "";
  return {
    title: "New images, or copies?",
    text: [
      `A sample counts as a copy where its nearest training image is at less than ${criterion} of the distance to the next. Of ${memorisation.samples} samples (${how}) ${percent(memorised.value)} do.${chance}`,
    ],
    content: [
      pictures(
        [
          {
            name: "above: samples; below: the nearest training image",
            alt: `${shown.length} samples above their nearest training images`,
            picture: imageGrid({ images: pair, shape, columns: shown.length }),
          },
        ],
        "The samples that are most like one training image, and that image.",
        2,
      ),
      numbers(
        `Nearest of ${memorisation.training} training images, distances in units of the network`,
        ["", "n", "copies [95 %]", "identical", "distinct nearest", "median d_1", "median d_1/d_2"],
        [
          nearnessRow("samples", memorisation),
          ...(heldOut ? [nearnessRow("not trained on", heldOut)] : []),
        ],
      ),
    ],
  };
}

function nearnessRow(name: string, report: NearnessReport): string[] {
  const { samples, memorised, copies, distinct, medianDistance, medianRatio } = report;
  const { value, low, high } = memorised;
  return [
    name,
    String(samples),
    `${percent(value)} [${percent(low)}, ${percent(high)}]`,
    String(copies),
    String(distinct),
    medianDistance.toPrecision(3),
    medianRatio.toFixed(3),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share === 0 || share === 1 ? 0 : 1)} %`;
}
