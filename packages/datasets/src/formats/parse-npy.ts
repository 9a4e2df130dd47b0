import { DatasetError } from "../dataset-error.ts";
import { type NpyHeader, npyHeader } from "./npy-header.ts";

export type NpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** An array of numbers in C order (the last index runs fastest), whatever order the file had. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Kind and bytes as NumPy writes them: "u1", "i8", "f4"; 8-byte integers are held as doubles. */
  readonly type: string;
  readonly data: NpyData;
}

/** The array in these bytes; `file` is for messages. */
export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const header = npyHeader(bytes, file);
  const { shape, type, offset, length } = header;
  if (bytes.length !== length) {
    throw new DatasetError({
      file,
      offset,
      expected: `${length - offset} bytes of data ((${shape.join(", ")}) of ${type}, says the header)`,
      found: `${bytes.length - offset}`,
    });
  }
  const data = decode(bytes, header, file);
  return { shape, type, data: header.fortranOrder ? toRowMajor(data, shape) : data };
}

function decode(
  bytes: Uint8Array,
  { type, littleEndian, offset }: NpyHeader,
  file: string,
): NpyData {
  if (type === "u1" || type === "b1") return bytes.subarray(offset);
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  const width = Number(type[1]);
  const count = view.byteLength / width;
  const [data, read] = decoder(type, count, view, littleEndian);
  const wide = type === "i8" || type === "u8";
  const expected = wide ? "an integer within ±2⁵³" : "a finite number";
  const holds = wide ? Number.isSafeInteger : Number.isFinite;
  for (let i = 0; i < count; i++) {
    const value = read(i * width);
    if (!holds(value)) {
      const found = `${value} at element ${i}`;
      throw new DatasetError({ file, offset: offset + i * width, expected, found });
    }
    data[i] = value;
  }
  return data;
}

function decoder(
  type: string,
  count: number,
  view: DataView,
  little: boolean,
): [NpyData, (at: number) => number] {
  switch (type) {
    case "i1":
      return [new Int8Array(count), (at) => view.getInt8(at)];
    case "u2":
      return [new Uint16Array(count), (at) => view.getUint16(at, little)];
    case "i2":
      return [new Int16Array(count), (at) => view.getInt16(at, little)];
    case "u4":
      return [new Uint32Array(count), (at) => view.getUint32(at, little)];
    case "i4":
      return [new Int32Array(count), (at) => view.getInt32(at, little)];
    case "u8":
      return [new Float64Array(count), (at) => Number(view.getBigUint64(at, little))];
    case "i8":
      return [new Float64Array(count), (at) => Number(view.getBigInt64(at, little))];
    case "f2":
      return [new Float32Array(count), (at) => halfToNumber(view.getUint16(at, little))];
    case "f4":
      return [new Float32Array(count), (at) => view.getFloat32(at, little)];
    default:
      return [new Float64Array(count), (at) => view.getFloat64(at, little)];
  }
}

/** IEEE 754 binary16: one sign bit, five of exponent, ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Fortran order (first index fastest) to C order: an odometer walks the target while strides walk the source. */
function toRowMajor(source: NpyData, shape: readonly number[]): NpyData {
  const target = source.slice();
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((p, n) => p * n, 1));
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0, from = 0; i < source.length; i++) {
    target[i] = source[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return target;
}
