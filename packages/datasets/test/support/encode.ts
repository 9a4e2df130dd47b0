import sharp from "sharp";

/** An idx file: 00 00 08, the number of dimensions, each as a big-endian uint32, the bytes. */
export function idx(shape: readonly number[], data: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  shape.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size);
  });
  bytes.set(Array.from(data), 4 + 4 * shape.length);
  return bytes;
}

/** A .npy file of version 1 with this header text and these bytes. */
export function npy(
  descr: string,
  shape: readonly number[],
  data: Uint8Array,
  fortran = false,
): Uint8Array {
  const size = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const order = fortran ? "True" : "False";
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${size}), }\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00  ${text}`, "latin1");
  head.writeUInt16LE(text.length, 8);
  return new Uint8Array(Buffer.concat([head, data]));
}

/** The bytes of a typed array, as this machine (little-endian) holds them. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** A PNG of these pixels, row by row; three channels, or one that is stored as gray. */
export async function png(
  pixels: ArrayLike<number>,
  width: number,
  channels: 1 | 3,
): Promise<Uint8Array> {
  const height = pixels.length / width / channels;
  const raw = { width, height, channels };
  const image = sharp(Uint8Array.from(pixels), { raw });
  const bytes = await image
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .png()
    .toBuffer();
  return new Uint8Array(bytes);
}

/** A JPEG of one colour. */
export async function jpeg(
  colour: readonly [number, number, number],
  width: number,
  height: number,
): Promise<Uint8Array> {
  const [r, g, b] = colour;
  const create = { width, height, channels: 3 as const, background: { r, g, b } };
  return new Uint8Array(
    await sharp({ create }).jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer(),
  );
}
