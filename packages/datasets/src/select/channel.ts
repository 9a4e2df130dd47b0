import { arrayLike, type Data, imageShape, invalid, type Units } from "@symbreak/core";

/** One channel by number (0 is red), or "gray": ITU-R BT.601 luma, 0.299 R + 0.587 G + 0.114 B. */
export type Channel = number | "gray";

/**
 * One channel of each image, or its gray value (of bytes, rounded to one); a single-channel set is its own gray.
 *
 * @example channel(cifar, 0) // 3×32×32 → the red 1×32×32
 */
export function channel(set: Data, which: Channel): Data {
  const [channels, height, width] = imageShape("channel", set);
  const weights = channelWeights(which, channels);
  const area = height * width;
  const values = arrayLike(set.values, set.count * area);
  const bytes = values instanceof Uint8Array;
  for (let i = 0; i < set.count; i++) {
    const from = i * channels * area;
    for (let p = 0; p < area; p++) {
      let value = 0;
      for (let c = 0; c < channels; c++) value += weights[c]! * set.values[from + c * area + p]!;
      values[i * area + p] = bytes ? Math.round(value) : value;
    }
  }
  const step = which === "gray" ? "gray" : `channel ${which}`;
  const units = typeof which === "number" ? unitsOfChannel(set.units, which) : grayUnits(set.units);
  const selection = [...(set.selection ?? []), step];
  return { ...set, values, units, shape: [1, height, width], selection };
}

/** Gray images in three equal channels; images of three stay as they are. */
export function greyToRgb(set: Data): Data {
  const [channels, height, width] = imageShape("greyToRgb", set);
  if (channels === 3) return set;
  if (channels !== 1) throw invalid("greyToRgb", "images must have 1 or 3 channels", channels);
  const area = height * width;
  const values = arrayLike(set.values, 3 * set.values.length);
  for (let i = 0; i < set.count; i++) {
    const plane = set.values.subarray(i * area, (i + 1) * area);
    for (let c = 0; c < 3; c++) values.set(plane, (3 * i + c) * area);
  }
  const selection = [...(set.selection ?? []), "grey to rgb"];
  return { ...set, values, shape: [3, height, width], selection };
}

/** The map of the channel that is kept. */
function unitsOfChannel(units: Units, channel: number): Units {
  if (units.a.length === 1) return units;
  return { ...units, a: [units.a[channel]!], b: [units.b[channel]!] };
}

/** Gray mixes the channels: only units that are the same for all of them are still its own. */
function grayUnits(units: Units): Units {
  const { a, b } = units;
  if (a.every((f) => f === a[0]) && b.every((g) => g === b[0])) return unitsOfChannel(units, 0);
  throw invalid("channel", '"gray" needs units that are the same for all channels', units.name);
}

function channelWeights(which: Channel, channels: number): number[] {
  if (which === "gray") {
    if (channels === 1) return [1];
    if (channels === 3) return [0.299, 0.587, 0.114];
    throw invalid("channel", '"gray" needs a set with 1 or 3 channels', channels);
  }
  if (!Number.isInteger(which) || which < 0 || which >= channels) {
    throw invalid("channel", `channel must be "gray" or 0 to ${channels - 1}`, which);
  }
  return Array.from({ length: channels }, (_, c) => (c === which ? 1 : 0));
}
