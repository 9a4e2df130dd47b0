import type { ExcessEntropy } from "@symbreak/analysis";
import { TWO_DELTAS } from "@symbreak/core";
import {
  excessEntropy,
  imageGrid,
  lateStartCurve,
  lateStartTable,
  type Picture,
} from "@symbreak/figures";
import { spectrumSection } from "../analyze/spectrum-section.ts";
import {
  captioned,
  numbers,
  pictures,
  type Report,
  type Section,
  scrolling,
} from "../report/report.ts";
import { twoGaussiansPictures } from "../theory/two-gaussians-pictures.ts";
import type { DemoRun } from "./run-demo.ts";

const SHAPE = [1, 28, 28] as const;
const SIZE = 28 * 28;

/** The demo's report. */
export async function demoReport(
  run: DemoRun,
  document: unknown,
  command: string,
): Promise<Report> {
  const { finding, protocol } = run.result;
  return {
    title: "Symmetry breaking and late start on MNIST",
    finding,
    sections: [
      ...(await twoGaussiansPictures(TWO_DELTAS, document)).slice(0, 1),
      spectrumSection(run.analyzed, document),
      unfoldingSection(run),
      entropySection(run.result.excessEntropy, document),
      tableSection(run, document),
      gridsSection(run),
      memorySection(run),
    ],
    protocol,
    command,
  };
}

function unfoldingSection({ unfolding, result, toBytes }: DemoRun): Section {
  const { samples, indices, estimates } = unfolding;
  const { speciation } = result.analysis;
  return {
    title: "Decisions, watched",
    text: [
      `What the exact score believes the image to be, step by step, for ${samples} samples from noise (DDIM, ${indices.length} steps). First it is the mean of all digits, the same for every sample. Around t_S (index ${speciation.ddpmIndex}) it becomes a kind of digit, then a digit, then one particular training image.`,
    ],
    content: [
      pictures(
        [
          {
            name: `DDPM index ${indices.join(", ")}`,
            alt: `${samples} rows of ${indices.length} denoised estimates, from the blurred mean to a digit`,
            picture: imageGrid({
              images: toBytes(estimates),
              shape: SHAPE,
              columns: indices.length,
            }),
          },
        ],
        "Denoised estimates E[x_{0} | x_t], one sample a row, generation to the right.",
        2,
      ),
    ],
  };
}

function entropySection(entropy: ExcessEntropy, document: unknown): Section {
  const { curve, collapse, threshold, noiseFloor, count, size, draws } = entropy;
  const figure = excessEntropy(
    {
      points: curve.map(({ ouTime, fraction, low, high }) => ({
        time: ouTime,
        value: fraction,
        low,
        high,
      })),
      threshold,
      collapse: collapse?.ouTime,
      n: count,
      d: size,
    },
    { document },
  );
  const crossing = collapse
    ? `It falls below ${threshold} at OU time ${collapse.ouTime.toFixed(3)} [${collapse.low.toFixed(3)}, ${collapse.high.toFixed(3)}].`
    : `It does not fall below ${threshold} here.`;
  return {
    title: "When the exact score memorises",
    text: [
      `The excess entropy f(t) measures how many of the ${count} images a noisy state still confuses: f/α is 1 when it could have come from any of them, 0 when it tells exactly one. ${crossing} From there on a perfect score of these images leads each sample to one of them.`,
    ],
    content: [
      captioned(
        figure,
        `f/α with its 95 % bootstrap interval from ${draws} draws; gray: below the threshold of ${threshold} (the estimate itself resolves ${noiseFloor.toFixed(3)}).`,
      ),
      numbers(
        "Excess entropy",
        ["OU time", "f/α", "95 % low", "95 % high"],
        curve.map(({ ouTime, fraction, low, high }) =>
          [ouTime, fraction, low, high].map((value) => value.toFixed(4)),
        ),
      ),
    ],
  };
}

function tableSection({ result }: DemoRun, document: unknown): Section {
  const { rows, curves, metric, floor } = result.lateStart;
  const interval =
    floor.low === null ? "" : ` [${floor.low.toFixed(2)}, ${floor.high?.toFixed(2)}]`;
  return {
    title: "What late start buys",
    text: [
      "The same sampler, the same number of network calls, the same seed; only the start differs: pure noise at the usual level, or a Gaussian with the mean and covariance of the noised data at a later one, chosen before sampling from the spectrum and the score. Where the intervals overlap the table says neither. Part of a gain may be the grid's: a run from noise at the same late level is not in the table.",
      `As many real images that the score does not know have ${metric} ${floor.value.toFixed(2)}${interval}: nothing can be expected to lie below.`,
    ],
    content: [
      scrolling(
        lateStartTable(rows, {
          metric,
          caption: `Late start against noise start, ${metric} with 95 % intervals, ratio noise/late`,
        }),
      ),
      ...curves.map((curve) =>
        captioned(
          lateStartCurve(curve, { document }),
          `${curve.sampler}: the distance against the start. Too early a start wastes steps on noise, too late a start is not Gaussian any more. Bands and bars: 95 %. Half as many samples as in the table, so values lie higher.`,
        ),
      ),
    ],
  };
}

function gridsSection({ rows, toBytes }: DemoRun): Section {
  const grid = (samples: Float32Array | Float64Array): Picture =>
    imageGrid({ images: toBytes(samples.subarray(0, 40 * SIZE)), shape: SHAPE, columns: 10 });
  const pairs = rows.map(({ sampler, steps, noise, late, samples }) =>
    pictures(
      [
        {
          name: `noise from ${noise.start}`,
          alt: `40 digits by ${sampler} in ${steps} steps from noise`,
          picture: grid(samples.noise),
        },
        {
          name: `late start from ${late.start}`,
          alt: `40 digits by ${sampler} in ${steps} steps from the Gaussian late start`,
          picture: grid(samples.late),
        },
      ],
      `${sampler}, ${steps} steps: the same 40 seeds from both starts.`,
    ),
  );
  return {
    title: "The samples",
    text: [
      "Every image is sharp, at three steps too, because the exact score ends on a training image whatever happened before. What the start changes is which images are reached: a poor start prefers some digits. A trained network, which does not memorise, shows the difference in the images themselves.",
    ],
    content: pairs,
  };
}

function memorySection({ result, rows, training, toBytes }: DemoRun): Section {
  const { memorisation } = result;
  const { share, distinct, samples, trainingImages, medianDistance, nearest } = memorisation;
  const shown = 12;
  const own = rows.find(({ sampler, steps }) => sampler === "DDIM" && steps === 10)!.samples.late;
  const pair = new Float32Array(2 * shown * SIZE);
  pair.set(own.subarray(0, shown * SIZE));
  for (let i = 0; i < shown; i++)
    pair.set(training.subarray(nearest[i]! * SIZE, (nearest[i]! + 1) * SIZE), (shown + i) * SIZE);
  return {
    title: "Nothing new: the collapse",
    text: [
      `These are not new digits. The exact score of a finite data set memorises: of ${samples} samples (DDIM, 10 steps, late start) ${(100 * share).toFixed(1)} % are copies of one of the ${trainingImages} training images (at less than a third of the distance to the next), ${distinct} different ones; the median distance is ${medianDistance.toPrecision(2)}. That is the collapse that f(t) announced, and why distances here measure diversity and not invention.`,
    ],
    content: [
      pictures(
        [
          {
            name: "above: samples; below: the nearest training image",
            alt: `${shown} samples above their nearest training images`,
            picture: imageGrid({ images: toBytes(pair), shape: SHAPE, columns: shown }),
          },
        ],
        "Samples and their nearest training images.",
        2,
      ),
    ],
  };
}
