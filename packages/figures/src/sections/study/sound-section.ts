import { type MeasuredSoundness, soundnessFinding } from "@symbreak/analysis";
import { bytesOf, type Data, imageShape } from "@symbreak/core";
import { imageGrid } from "../../image-grid.ts";
import { numbers, pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";

/** Whether the network is worth studying: its samples beside data, their classes, its loss. */
export function soundSection({ result, samples, real }: MeasuredSoundness): Section {
  const { loss, classes, steps } = result;
  return {
    title: "Is the network sound?",
    text: [soundnessFinding(result)],
    content: [
      ...shown(samples, real, steps),
      ...(classes === null
        ? []
        : [
            numbers(
              `Of ${result.samples} samples and as many real ones the judge sees`,
              ["class", "samples", "real"],
              classes.map(({ name, samples: made, real: true_ }) => [name, `${made}`, `${true_}`]),
            ),
          ]),
      numbers(
        "Denoising loss over that of the best linear predictor",
        ["timestep", "ratio"],
        loss.map(({ timestep, ratio }) => [timestep.toPrecision(4), ratio.toFixed(3)]),
      ),
    ],
  };
}

function shown(samples: Data, real: Data, steps: number): string[] {
  if (!(samples.values instanceof Uint8Array) || samples.shape.length !== 3) return [];
  const grid = (data: Data) =>
    imageGrid({
      images: bytesOf("soundSection", data),
      shape: imageShape("soundSection", data),
      columns: 9,
    });
  return [
    pictures(
      [
        { name: "samples", alt: `${samples.count} samples`, picture: grid(samples) },
        { name: "data", alt: `${real.count} real samples`, picture: grid(real) },
      ],
      `DDIM, ${steps} steps over the whole chain, beside data.`,
    ),
  ];
}
