/** Whether this machine keeps the lowest byte first. */
const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Before the length of the header: the magic, and version 1.0. */
const MAGIC = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];

/** An array as the bytes of a .npy file (version 1.0, C order), aligned as NumPy aligns it. */
export function npyBytes(
  data: Float64Array | Float32Array | Uint8Array,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length)
    throw new RangeError(`npyBytes: shape must hold ${data.length} numbers, got ${shape}`);
  const type =
    data instanceof Uint8Array ? "|u1" : `${LITTLE ? "<" : ">"}f${data.BYTES_PER_ELEMENT}`;
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const head = new TextEncoder().encode(`${text.padEnd(length - 1)}\n`);
  const bytes = new Uint8Array(10 + length + data.byteLength);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(8, length, true);
  bytes.set(head, 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + length);
  return bytes;
}
