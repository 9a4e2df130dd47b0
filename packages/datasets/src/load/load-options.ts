import { type Data, invalid, type UnitsName, withUnits } from "@symbreak/core";
import type { ArrayOptions } from "../formats/array-images.ts";
import { type Channel, channel } from "../select/channel.ts";
import { pad } from "../select/pad.ts";
import { resize } from "../select/resize.ts";
import { type Selection, select } from "../select/select.ts";

/** What to load of a set and how to shape it. The steps are done in this order. */
export interface LoadOptions extends Selection, ArrayOptions {
  /** The units that a model sees the values in. Default "symmetric". */
  readonly units?: UnitsName;
  /** "train" or "test"; for folders and Parquet whatever splits they have. Default "train" where there are splits. */
  readonly split?: string;
  /** For a set by name: a folder with its original files. */
  readonly directory?: string;
  /** Bring each image to so many pixels square. */
  readonly resize?: number;
  readonly channel?: Channel;
  /** Pad each image to so many pixels square. */
  readonly pad?: number;
  /** The byte to pad with, default 0. */
  readonly padValue?: number;
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
  } = options;
  const chooses = classes !== undefined || perClass !== undefined || limit !== undefined;
  let result = set;
  if (!selected && chooses) result = select(result, options);
  if (!selected && side !== undefined) result = await resize(result, side);
  if (which !== undefined) result = channel(result, which);
  if (padTo === undefined) refuse(options, ["padValue"], "images that are not padded");
  else result = pad(result, padTo, padValue);
  return units === undefined ? result : withUnits(result, units);
}
