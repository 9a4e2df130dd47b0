import { DatasetError } from "../dataset-error.ts";

/** What a .npy file says of itself: NumPy Enhancement Proposal 1 ("npy format"). */
export interface NpyHeader {
  /** Kind and bytes of one number, as "u1" or "f8". */
  readonly type: string;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly offset: number;
  /** The whole file: header and numbers. */
  readonly length: number;
}

const MAGIC = "\x93NUMPY";
/** NPY_MAXDIMS of NumPy 2. */
const MOST_AXES = 64;
const NUMBERS = /^(?:[ui][1248]|f[248]|b1)$/;
/** Unicode in four bytes a character, or bytes, in so many characters each. */
const TEXTS = /^[US]\d{1,9}$/;

/** Of what is neither numbers nor strings nothing else is said. */
const OTHER = { littleEndian: true, fortranOrder: false, shape: [], offset: 0, length: 0 };

/**
 * Reads the header from the first bytes of a .npy file.
 *
 * @param kind "numbers" (default), or "any": what is neither numbers nor strings then has the type as NumPy writes it, and length 0
 * @throws DatasetError on damage, and on anything but a plain array of that kind
 */
export function npyHeader(
  head: Uint8Array,
  file: string,
  kind: "numbers" | "any" = "numbers",
): NpyHeader {
  const fail = (offset: number, expected: string, found: string): never => {
    throw new DatasetError({ file, offset, expected, found });
  };
  const latin = (from: number, to: number): string =>
    Array.from(head.subarray(from, to), (byte) => String.fromCharCode(byte)).join("");
  if (latin(0, 6) !== MAGIC) fail(0, "the .npy magic \\x93NUMPY", JSON.stringify(latin(0, 6)));
  const version = head[6] ?? 0;
  if (version < 1 || version > 3) fail(6, ".npy version 1, 2 or 3", String(head[6]));
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const start = version === 1 ? 10 : 12;
  if (head.length < start) fail(head.length, `${start} bytes of header`, "the end of the file");
  const offset = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (head.length < offset) {
    fail(8, `a header that ends at ${offset}, as it says`, `the end of the file at ${head.length}`);
  }
  const text = latin(start, offset);
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const dimensions = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  const structured = /'descr'\s*:\s*\[/.test(text);
  if (structured && kind === "numbers")
    fail(start, "one number an entry", "a structured array, of several fields an entry");
  if (structured) return { ...OTHER, type: "several fields" };
  if (descr === undefined || fortran === undefined || dimensions === undefined) {
    return fail(
      start,
      "a dictionary with descr, fortran_order and shape",
      text.slice(0, 80).trim(),
    );
  }
  const [order, type] = [descr.slice(0, 1), descr.slice(1)];
  if (kind === "any" && !NUMBERS.test(type) && !TEXTS.test(type)) return { ...OTHER, type };
  if (type === "O")
    fail(start, "numbers", "|O, Python objects: pickles that could run any program");
  if (!"<>|=".includes(order) || (kind === "numbers" && !NUMBERS.test(type))) {
    fail(start, "integers or floats of up to 8 bytes (u1 to u8, i1 to i8, f2 to f8, b1)", descr);
  }
  const shape = dimensions.split(",").flatMap((part) => (part.trim() ? [Number(part)] : []));
  if (shape.length > MOST_AXES)
    fail(start, `at most ${MOST_AXES} dimensions, as in NumPy`, `${shape.length}`);
  const count = shape.reduce((product, size) => product * size, 1);
  const length = offset + count * widthOf(type);
  if (!Number.isSafeInteger(length)) fail(start, "a size that fits in a file", shape.join(" × "));
  return {
    type,
    littleEndian: order !== ">",
    fortranOrder: fortran === "True",
    shape,
    offset,
    length,
  };
}

/** Bytes of one entry. */
function widthOf(type: string): number {
  return Number(type.slice(1)) * (type.startsWith("U") ? 4 : 1);
}
