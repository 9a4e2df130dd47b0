import {
  checkKeys,
  type Data,
  imageShape,
  invalid,
  type UnitsName,
  withUnits,
} from "@symbreak/core";
import type { ArrayOptions } from "../formats/array-images.ts";
import { type Findings, findings } from "../load-report.ts";
import { type Channel, channel, greyToRgb } from "../select/channel.ts";
import { pad } from "../select/pad.ts";
import { FITTED, type Fit, resize, type Size, sidesOf } from "../select/resize.ts";
import { type Selection, select } from "../select/select.ts";

/** What to load of a set and how to shape it. The steps are done in this order. */
export interface LoadOptions extends Selection, ArrayOptions {
  /** The units that a model sees the values in. Default "symmetric". */
  readonly units?: UnitsName;
  /** "train" or "test"; for folders and Parquet whatever splits they have. Default "train" where there are splits. */
  readonly split?: string;
  /** For a set by name: a folder with its original files. */
  readonly directory?: string;
  /** Bring each image to so many pixels: a square's side, or width and height. */
  readonly resize?: Size;
  /** How an image of other proportions is brought there: "crop" (default), "pad" or "stretch". */
  readonly fit?: Fit;
  /** Leave out images that do not decode, and name them in `damaged`, instead of refusing the set. Default false. */
  readonly skipDamaged?: boolean;
  /** Repeat gray images in three channels. */
  readonly greyToRgb?: boolean;
  readonly channel?: Channel;
  /** Pad each image to so many pixels square. */
  readonly pad?: number;
  /** The byte to pad with, default 0. */
  readonly padValue?: number;
}

const OPTIONS = [
  ...["classes", "perClass", "limit", "range", "layout", "units", "split", "directory", "resize"],
  ...["fit", "skipDamaged", "greyToRgb", "channel", "pad", "padValue"],
];

/** Refuses keys that are no options, values that are none of a few, and a fit without a size. */
export function checkOptions(options: LoadOptions): void {
  checkKeys("loadDataset", options, OPTIONS);
  const { fit, resize: size } = options;
  if (fit !== undefined && !["crop", "pad", "stretch"].includes(fit))
    throw invalid("loadDataset", 'fit must be "crop", "pad" or "stretch"', fit);
  if (fit !== undefined && size === undefined)
    throw invalid("loadDataset", "fit must be left out without resize", fit);
}

/** Refuses options that this kind of data would ignore in silence. */
export function refuse(
  options: LoadOptions,
  names: readonly (keyof LoadOptions)[],
  data: string,
): void {
  for (const name of names) {
    if (options[name] === undefined) continue;
    throw invalid("loadDataset", `${name} must be left out for ${data}`, options[name]);
  }
}

/** The steps after loading; `selected` says that the reader has already selected and resized. */
export async function applyOptions(
  set: Data,
  options: LoadOptions,
  selected: boolean,
  found: Findings = findings(),
): Promise<Data> {
  const {
    classes,
    perClass,
    limit,
    resize: side,
    channel: which,
    pad: padTo,
    padValue,
    units,
    fit,
  } = options;
  const chooses = classes !== undefined || perClass !== undefined || limit !== undefined;
  let result = set;
  if (!selected && chooses) result = select(result, options);
  if (!selected && side !== undefined) {
    const [wide, high] = sidesOf(side);
    const [, height, width] = imageShape("loadDataset", result);
    if (width * high !== height * wide) found.note(`all images ${FITTED[fit ?? "crop"]}`);
    result = await resize(result, side, fit);
  }
  if (which !== undefined) result = channel(result, which);
  if (options.greyToRgb === true) result = greyToRgb(result);
  if (padTo === undefined) refuse(options, ["padValue"], "images that are not padded");
  else result = pad(result, padTo, padValue);
  return units === undefined ? result : withUnits(result, units);
}
