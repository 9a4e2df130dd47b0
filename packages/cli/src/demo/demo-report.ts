import { TWO_DELTAS } from "@symbreak/core";
import {
  captioned,
  entropySection,
  imageGrid,
  lateStartCurve,
  lateStartTable,
  memorisationSection,
  type Picture,
  pictures,
  type Report,
  type Section,
  spectrumSection,
} from "@symbreak/figures";
import { twoGaussiansPictures } from "../theory/two-gaussians-pictures.ts";
import type { DemoRun } from "./run-demo.ts";

const SHAPE = [1, 28, 28] as const;
const SIZE = 28 * 28;

/** The demo's report. */
export async function demoReport(run: DemoRun, document: unknown): Promise<Report> {
  const { finding, protocol } = run.result;
  return {
    title: "Symmetry breaking and late start on MNIST",
    finding,
    sections: [
      ...(await twoGaussiansPictures(TWO_DELTAS, document)).slice(0, 1),
      spectrumSection({ analysis: run.result.analysis, moments: run.moments }, document),
      unfoldingSection(run),
      entropySection(run.result.excessEntropy, document),
      tableSection(run, document),
      gridsSection(run),
      memorisationSection({
        memorisation: run.result.memorisation,
        samples: run.rows.find(({ sampler, steps }) => sampler === "DDIM" && steps === 10)!.images
          .late,
        training: run.training,
        shape: SHAPE,
        how: "DDIM, 10 steps, late start",
      }),
    ],
    protocol,
  };
}

function unfoldingSection({ unfolding, result }: DemoRun): Section {
  const { samples, indices, images } = unfolding;
  const { speciation } = result.analysis;
  return {
    title: "Decisions, watched",
    text: [
      `What the network believes the image to be, step by step, for ${samples} samples from noise (DDIM, ${indices.length} steps). First it is the mean of all digits, the same for every sample. Around t_S (index ${speciation.ddpmIndex}) it becomes a kind of digit, then a digit.`,
    ],
    content: [
      pictures(
        [
          {
            name: `DDPM index ${indices.join(", ")}`,
            alt: `${samples} rows of ${indices.length} denoised estimates, from the blurred mean to a digit`,
            picture: imageGrid({ images, shape: SHAPE, columns: indices.length }),
          },
        ],
        "Denoised estimates E[x_{0} | x_t], one sample a row, generation to the right.",
        2,
      ),
    ],
  };
}

function tableSection({ result }: DemoRun, document: unknown): Section {
  const { rows, curve, metric, floor } = result.lateStart;
  const interval =
    floor.low === null ? "" : ` [${floor.low.toFixed(2)}, ${floor.high?.toFixed(2)}]`;
  return {
    title: "What late start buys",
    text: [
      "The same sampler, the same number of network calls, the same seed; only the start differs: pure noise at the usual level, or a Gaussian with the mean and covariance of the noised data at a later one, chosen before sampling from the spectrum and the network. Where the intervals overlap the table says neither. Part of a gain may be the grid's, which `ssb compare` tells apart: it also tunes the level of the noise start.",
      `As many images of the test split have ${metric} ${floor.value.toFixed(2)}${interval}: nothing can be expected to lie below.`,
    ],
    content: [
      lateStartTable(rows, {
        metric,
        caption: `Late start against noise start, ${metric} with 95 % intervals, ratio noise/late`,
      }),
      captioned(
        lateStartCurve(curve, { document }),
        `${curve.sampler}: the distance against the start. Too early a start wastes steps on noise, too late a start is not Gaussian any more. Bands and bars: 95 %. A quarter of the table's samples, so values lie higher.`,
      ),
    ],
  };
}

function gridsSection({ rows }: DemoRun): Section {
  const grid = (images: Uint8Array): Picture =>
    imageGrid({ images: images.subarray(0, 40 * SIZE), shape: SHAPE, columns: 10 });
  const pairs = rows.map(({ sampler, steps, noise, late, images }) =>
    pictures(
      [
        {
          name: `noise from ${noise.start}`,
          alt: `40 digits by ${sampler} in ${steps} steps from noise`,
          picture: grid(images.noise),
        },
        {
          name: `late start from ${late.start}`,
          alt: `40 digits by ${sampler} in ${steps} steps from the Gaussian late start`,
          picture: grid(images.late),
        },
      ],
      `${sampler}, ${steps} steps: the same 40 seeds from both starts.`,
    ),
  );
  return {
    title: "The samples",
    text: [
      "The same network, the same seeds, the same number of network calls; only the start differs.",
    ],
    content: pairs,
  };
}
