import type { Random } from "./random.ts";

/** Sizes, counts and offsets that a reader must not believe. */
const LIES = [0, 1, 2, 7, 127, 128, 255, 256, 32767, 65535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** Files of bytes with faults: one to four of them, as disks, networks and attackers make them. */
export function mutateBytes(file: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(file);
  for (let faults = 1 + random(4); faults > 0; faults--) bytes = fault(bytes, other, random);
  return bytes;
}

function fault(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  // Headers are short and matter most: half of all faults are in the first or last hundred bytes.
  const near = Math.min(100, bytes.length);
  const place =
    [random(bytes.length), random(near), bytes.length - 1 - random(near)][random(3)] ?? 0;
  const length = Math.min(bytes.length - place, 1 + random(16));
  const without = (from: number, to: number, between: Uint8Array): Uint8Array =>
    Uint8Array.from(Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)]));
  switch (random(7)) {
    case 0:
      bytes[place]! ^= 1 << random(8);
      return bytes;
    case 1:
      bytes[place] = random(256);
      return bytes;
    case 2:
      return bytes.slice(0, place);
    case 3:
      return without(place, place + length, new Uint8Array(0));
    case 4:
      return without(place, place, bytes.slice(place, place + length));
    case 5: {
      const from = random(other.length);
      return without(place, place + length, other.subarray(from, from + 1 + random(64)));
    }
    default:
      return lied(bytes, place, random);
  }
}

/** A number of two, four or eight bytes, either end first, that is not true. */
function lied(bytes: Uint8Array, place: number, random: Random): Uint8Array {
  const view = new DataView(bytes.buffer);
  const value = LIES[random(LIES.length)]!;
  const little = random(2) === 0;
  const width = [2, 4, 8][random(3)]!;
  if (place + width > bytes.length) return bytes;
  if (width === 2) view.setUint16(place, value, little);
  else if (width === 4) view.setUint32(place, value, little);
  else view.setBigUint64(place, BigInt(value) << BigInt(random(2) * 31), little);
  return bytes;
}
