import { DatasetError } from "../dataset-error.ts";
import { type ClassLabels, labelClasses } from "../label-classes.ts";
import type { Findings } from "../load-report.ts";
import { type NpyHeader, npyHeader } from "./npy-header.ts";
import { parseNpy } from "./parse-npy.ts";

/**
 * The labels in the bytes of a .npy file: N numbers, truths or strings, N×1 of them, or N one-hot rows.
 *
 * @returns undefined where they are no classes or no plain array, which is noted
 * @throws DatasetError on damage, or where there are not as many as images
 */
export function npyLabels(
  bytes: Uint8Array,
  file: string,
  count: number,
  found: Findings,
): ClassLabels | undefined {
  const header = npyHeader(bytes, file, "any");
  if (header.length === 0) {
    found.note(
      `the labels were left out: ${file} holds neither numbers nor strings (${header.type})`,
    );
    return undefined;
  }
  const { shape } = header;
  if (shape[0] !== count) {
    const expected = `${count} labels, one for each image`;
    throw new DatasetError({ file, expected, found: `an array of (${shape.join(", ")})` });
  }
  const list = entries(bytes, header, file);
  const width = list.length / count;
  return labelClasses(width === 1 ? list : rowsOf(list, width), file, found);
}

type Entry = number | boolean | string;

function entries(
  bytes: Uint8Array,
  { type, shape, offset, length, littleEndian, fortranOrder }: NpyHeader,
  file: string,
): Entry[] {
  if (!/^[US]/.test(type))
    return Array.from<number, Entry>(parseNpy(bytes, file).data, type === "b1" ? Boolean : Number);
  const plain = bytes.length === length && (!fortranOrder || shape.length < 2);
  if (!plain) {
    const expected = `${length - offset} bytes of strings, row by row`;
    throw new DatasetError({ file, offset, expected, found: String(bytes.length - offset) });
  }
  const width = Number(type.slice(1));
  const count = shape.reduce((product, n) => product * n, 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length - offset);
  const wide = type.startsWith("U");
  return Array.from({ length: count }, (_, i) => {
    const at = i * width * (wide ? 4 : 1);
    const points = Array.from({ length: width }, (_, k) =>
      wide ? view.getUint32(at + 4 * k, littleEndian) : view.getUint8(at + k),
    );
    // NumPy pads with zeros.
    const used = points.slice(0, points.findLastIndex((point) => point !== 0) + 1);
    if (!wide) return new TextDecoder().decode(Uint8Array.from(used));
    return used.map((point) => (point <= 0x10ffff ? String.fromCodePoint(point) : "�")).join("");
  });
}

/** One-hot rows as the places of their ones; other rows as they are, which are no classes. */
function rowsOf(list: readonly Entry[], width: number): readonly unknown[] {
  const rows = Array.from({ length: list.length / width }, (_, i) =>
    list.slice(i * width, (i + 1) * width),
  );
  const hot = rows.every(
    (row) => row.every((x) => Number(x) === 0 || Number(x) === 1) && sum(row) === 1,
  );
  return hot ? rows.map((row) => row.findIndex((x) => Number(x) === 1)) : rows;
}

function sum(row: readonly Entry[]): number {
  return row.reduce<number>((total, x) => total + Number(x), 0);
}
