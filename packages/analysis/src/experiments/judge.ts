import { type Data, inUnits, invalid, takeSamples } from "@symbreak/core";
import { type Classify, labelsOf } from "../cloning/classes.ts";
import { nearestSample } from "../collapse/nearest-sample.ts";
import type { Extractor } from "./extractor.ts";
import { pick } from "./pick.ts";
import { storedLike } from "./stored-like.ts";

/** Who says in which class a sample lies. */
export interface Judge {
  readonly name: string;
  /** SHA-256 of what it was made of; nothing where the name and the data say all. */
  readonly digest?: string | null | undefined;
  /** Of samples in the units of the data. */
  readonly classify: Classify;
  /** The classes it chooses among, by number and name. */
  readonly classes: readonly { readonly label: number; readonly name: string }[];
  /** Its accuracy on samples that nothing was trained on; null where there are none with labels. */
  readonly tested: {
    readonly accuracy: number;
    readonly images: number;
    /** The data's name and split. */
    readonly on: string;
  } | null;
}

/** A judge as the keys of what is kept have it. */
export function judgeProtocol({ name, digest = null }: Judge): {
  readonly name: string;
  readonly digest: string | null;
} {
  return { name, digest };
}

/** Held-out samples that a judge is tried on. */
const TESTED = 2000;

/**
 * A classifier as a judge: among the classes that occur in the data, or among all its own where the data have no labels.
 *
 * @param heldOut labelled samples that it was not trained on, for its accuracy
 */
export async function classifierJudge(
  extractor: Extractor,
  data: Data,
  heldOut?: Data,
): Promise<Judge> {
  const { name, classes: names, digest } = extractor;
  if (names === undefined || names.length < 2)
    throw invalid("classifierJudge", "extractor must be a classifier of two classes or more", name);
  const labels =
    data.labels === undefined ? names.map((_, label) => label) : presentLabels(data.labels);
  const strange = labels.find((label) => label >= names.length);
  if (strange !== undefined)
    throw invalid(
      "classifierJudge",
      `${name} knows ${names.length} classes, not class ${strange}: data must be of its classes`,
      strange,
    );
  const classify: Classify = async (samples, count) => {
    const { logits } = await extractor.judge(storedLike(samples, data));
    if (logits === undefined)
      throw invalid("classifierJudge", "extractor must return logits", logits);
    return { labels: labelsOf(logits, count, labels) };
  };
  return { ...(await finished(name, classify, labels, names, data, heldOut)), digest };
}

/** The judge that needs no network: the class of the nearest sample of the labelled data. */
export async function nearestJudge(data: Data, heldOut?: Data): Promise<Judge> {
  const { labels: known, count: total } = data;
  if (known === undefined)
    throw invalid(
      "nearestJudge",
      "data must have labels (of data without, a classifier can be the judge)",
      data.name ?? "none",
    );
  const nearest = nearestSample(data);
  const classify: Classify = async (samples, count) => {
    const found = (await nearest(samples, count)) as { labels: ArrayLike<number> };
    return { labels: Array.from(found.labels, (index) => known[index]!) };
  };
  const name = `class of the nearest of ${total} images`;
  return finished(name, classify, presentLabels(known), [], data, heldOut);
}

async function finished(
  name: string,
  classify: Classify,
  labels: readonly number[],
  names: readonly string[],
  data: Data,
  heldOut: Data | undefined,
): Promise<Judge> {
  if (labels.length < 2)
    throw invalid(
      "judge",
      "data must have two classes or more: of one class no clones could differ",
      labels.length,
    );
  const classes = labels.map((label) => {
    return { label, name: data.classNames?.[label] ?? names[label] ?? String(label) };
  });
  return { name, classify, classes, tested: await accuracyOf(classify, heldOut) };
}

function presentLabels(labels: ArrayLike<number>): number[] {
  return [...new Set(Array.from(labels))].sort((a, b) => a - b);
}

async function accuracyOf(classify: Classify, heldOut: Data | undefined): Promise<Judge["tested"]> {
  if (heldOut?.labels === undefined) return null;
  const chosen = takeSamples(heldOut, pick(heldOut.count, TESTED));
  const found = await classify(inUnits(chosen), chosen.count);
  if (!("labels" in found)) return null;
  const right = Array.from(chosen.labels!).filter((label, i) => found.labels[i] === label).length;
  const on = [heldOut.name ?? "data", heldOut.split].filter(Boolean).join(" ");
  return { accuracy: right / chosen.count, images: chosen.count, on };
}
