import { DatasetError } from "../dataset-error.ts";

/** The content of an idx file: a row-major array of bytes. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Bytes of the header, and of the whole file, that a file starting with these bytes must have. */
export function idxLayout(
  head: Uint8Array,
  file: string,
): { header: number; length: number; shape: number[] } {
  const magic = Array.from(head.subarray(0, 4));
  const dimensions = magic[3] ?? 0;
  if (magic.length < 4 || magic[0] !== 0 || magic[1] !== 0 || magic[2] !== 8 || dimensions === 0) {
    throw new DatasetError({
      file,
      offset: 0,
      expected: "an idx header of unsigned bytes (00 00 08, then the number of dimensions)",
      found: hex(magic),
    });
  }
  const header = 4 + 4 * dimensions;
  if (head.length < header) {
    throw new DatasetError({
      file,
      offset: head.length,
      expected: `${header} bytes of header for ${dimensions} dimensions`,
      found: `the end of the file after ${head.length}`,
    });
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  return { header, length: header + shape.reduce((product, size) => product * size, 1), shape };
}

/** Reads the bytes of an idx file. The data is a view of `bytes`, not a copy. */
export function parseIdx(bytes: Uint8Array, file: string): IdxArray {
  const { header, length, shape } = idxLayout(bytes, file);
  if (bytes.length !== length) {
    throw new DatasetError({
      file,
      offset: header,
      expected: `${length - header} bytes of data (${shape.join(" × ")}, says the header)`,
      found: `${bytes.length - header}`,
    });
  }
  return { shape, data: bytes.subarray(header) };
}

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ") || "an empty file";
}
