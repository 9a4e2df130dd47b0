import type { LoadOptions } from "@symbreak/datasets";
import { integer, integers } from "./parse.ts";

/** The options that choose and shape a data set, shared by the verbs that load one. */
export const DATA_OPTIONS = {
  split: { type: "string", description: "train (default) or test; or a folder's own split" },
  classes: { type: "string", description: "Only these class numbers, such as 1,8" },
  "per-class": { type: "string", description: "Only the first so many of each class" },
  limit: { type: "string", description: "At most so many images" },
  resize: { type: "string", description: "Bring images to so many pixels square" },
  channel: { type: "string", description: 'One channel by number, or "gray"' },
  pad: { type: "string", description: "Pad images to so many pixels square" },
} as const;

type Given = { readonly [Name in keyof typeof DATA_OPTIONS]?: string | undefined };

/** The options as `loadDataset` takes them; those not given are left out. */
export function loadOptions(given: Given): LoadOptions {
  const { split, channel } = given;
  const options = {
    split,
    classes: integers("--classes", given.classes),
    perClass: integer("--per-class", given["per-class"], 1),
    limit: integer("--limit", given.limit, 1),
    resize: integer("--resize", given.resize, 1),
    channel: channel === "gray" ? channel : integer("--channel", channel, 0),
    pad: integer("--pad", given.pad, 1),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
