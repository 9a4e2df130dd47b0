import { type Classify, labelsOf, nearestSample, pick } from "@symbreak/analysis";
import { type Data, imageShape, inUnits, takeSamples, unitChange, unitsOf } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { loadClassifier } from "../network/load-classifier.ts";
import { recentred } from "../network/recentred.ts";

/** Who says in which class a clone ended. */
export interface Judge {
  readonly name: string;
  /** Of images in the units of the network. */
  readonly classify: Classify;
  /** The classes it chooses among, by number and name. */
  readonly classes: readonly { readonly label: number; readonly name: string }[];
  /** Its accuracy on images that were not trained on; null where there are none with labels. */
  readonly tested: {
    readonly accuracy: number;
    readonly images: number;
    readonly on: string;
  } | null;
}

/** The name of the judge that needs no network: the class of the nearest image of the data. */
export const NEAREST = "nearest";

const TESTED = 2000;

/**
 * A classifier network (a run, a file, `zoo:<name>`), or the nearest image of the data, choosing among the classes of `set`.
 *
 * Images are cropped and brought to the classifier's units for it.
 */
export async function openJudge(name: string, set: Data, unseen: Data | undefined): Promise<Judge> {
  if (set.labels === undefined)
    throw new Error(`${describe(set)} has no labels: phi needs the classes that clones can end in`);
  const present = [...new Set(set.labels)].sort((a, b) => a - b);
  if (present.length < 2)
    throw new Error(`${describe(set)} has one class: clones could not end in different ones`);
  const open = name === NEAREST ? nearestJudge : networkJudge;
  const { called, classify, names } = await open(name, set, present);
  const classes = present.map((label) => ({
    label,
    name: set.classNames?.[label] ?? names?.[label] ?? String(label),
  }));
  return { name: called, classify, classes, tested: await tested(classify, unseen) };
}

interface OpenJudge {
  readonly called: string;
  readonly classify: Classify;
  readonly names?: readonly string[];
}

function nearestJudge(_: string, set: Data): OpenJudge {
  const nearest = nearestSample(set);
  return {
    called: `class of the nearest of ${set.count} images`,
    classify: async (samples, count) => {
      const found = (await nearest(samples, count)) as { labels: ArrayLike<number> };
      return { labels: Array.from(found.labels, (index) => set.labels![index]!) };
    },
  };
}

async function networkJudge(
  path: string,
  set: Data,
  present: readonly number[],
): Promise<OpenJudge> {
  const classifier = await loadClassifier(path);
  const most = present.at(-1)!;
  if (most >= classifier.classes.length)
    throw new Error(`${path} knows ${classifier.classes.length} classes, not class ${most}`);
  const units = unitsOf(set, classifier.scale);
  const change = { ...unitChange(set.units, units), margin: units.b };
  const shape = imageShape("ssb clone", set);
  return {
    called: classifier.name,
    names: classifier.classes,
    classify: async (samples, count) => {
      const images = recentred(samples, shape, classifier.shape, change);
      const { logits } = await classifier.classify(images, count);
      return { labels: labelsOf(logits, count, present) };
    },
  };
}

async function tested(classify: Classify, unseen: Data | undefined): Promise<Judge["tested"]> {
  if (unseen?.labels === undefined) return null;
  const { labels } = unseen;
  const chosen = pick(unseen.count, TESTED);
  const found = await classify(inUnits(takeSamples(unseen, chosen)), chosen.length);
  if (!("labels" in found)) return null;
  const right = chosen.filter((image, i) => found.labels[i] === labels[image]).length;
  return { accuracy: right / chosen.length, images: chosen.length, on: describe(unseen) };
}
