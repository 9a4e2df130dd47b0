import { invalid } from "@symbreak/core";
import type { Model } from "../model.ts";
import type { StepRandom } from "../objectives/step-random.ts";

/**
 * Takes labels away at random, each sample's with probability `rate`, for classifier-free guidance (Ho & Salimans 2022,
 * arXiv 2207.12598, algorithm 1): the network's last label, `model.labels − 1`, stands for none, and no sample of the
 * data may have it. At rate 0 the labels stay as they are, the last one a class like the others.
 *
 * @throws RangeError for a network without a label to spare, and for data that have the last label
 */
export function labelDropout(
  { labels: count }: Pick<Model, "labels">,
  rate: number,
): (labels: Int32Array, random: StepRandom) => Int32Array {
  if (!(rate >= 0 && rate < 1)) throw invalid("train", "dropLabels must lie in [0, 1)", rate);
  if (rate === 0) return (labels) => labels;
  if (count === undefined || count < 2 || count === Number.POSITIVE_INFINITY) {
    const rule = "for dropLabels the network must embed the classes and one label more, for none";
    throw invalid("train", rule, count);
  }
  const none = count - 1;
  return (labels, random) => {
    const taken = labels.find((label) => label >= none);
    if (taken !== undefined)
      throw invalid("train", `labels must lie below ${none}, which stands for none`, taken);
    const uniform = random.uniform(labels.length, 1, "labels");
    return labels.map((label, i) => (uniform[i]! < rate ? none : label));
  };
}
