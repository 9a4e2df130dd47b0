import { endianness } from "node:os";

/** An array as the bytes of a .npy file (version 1.0, C order), aligned as NumPy aligns it. */
export function npyBytes(
  data: Float64Array | Float32Array | Uint8Array,
  shape: readonly number[],
): Uint8Array {
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length)
    throw new RangeError(`npyBytes: shape must hold ${data.length} numbers, got ${shape}`);
  const order = endianness() === "LE" ? "<" : ">";
  const type = data instanceof Uint8Array ? "|u1" : `${order}f${data.BYTES_PER_ELEMENT}`;
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const padded = text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 11);
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${padded}\n`, "latin1");
  head.writeUInt16LE(head.length - 10, 8);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat([head, bytes]);
}
