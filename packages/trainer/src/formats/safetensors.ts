import { type Bytes, invalid } from "@symbreak/core";
import { type Shape, sizeOf } from "@symbreak/graph";
import { fromBfloat16, fromFloat16 } from "./half.ts";

/** An array with its shape; float32, whatever it was stored in. */
export interface StoredTensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** The content of a safetensors file. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Longer headers are refused, as by the reference implementation. */
const MAX_HEADER = 100_000_000;

const WIDTHS: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2 };

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file: F32, F16 and BF16, as float32.
 *
 * Nothing in the file is trusted: a header that is too long, not JSON, or says what the data cannot hold is an error
 * that names the tensor; memory stays within the size of the file and twice that for halves.
 */
export function readSafetensors(file: Uint8Array): Safetensors {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = file.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (length < 2 || length > MAX_HEADER || length > file.length - 8)
    throw bad("the file must begin with the length of its header", length);
  const header = parseHeader(file.subarray(8, 8 + length));
  const { __metadata__: notes = {}, ...rest } = header;
  if (!isRecord(notes) || !Object.values(notes).every((note) => typeof note === "string"))
    throw bad("__metadata__ must hold strings", notes);
  // Not a subarray: that of Node's Buffer is a Buffer, whose slice does not copy.
  const data = new Uint8Array(file.buffer, file.byteOffset + 8 + length, file.length - 8 - length);
  const entries = Object.entries(rest).map(
    ([name, entry]) => [name, checked(name, entry)] as const,
  );
  checkLayout(entries, data.length);
  const tensors = entries.map(([name, { dtype, shape, begin, end }]) => {
    const bytes = data.slice(begin, end).buffer;
    return [name, { shape, data: decode(dtype, bytes) }] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata: notes as Record<string, string> };
}

/** Writes float32 tensors as a safetensors file, in order of name; the metadata says "pt", which diffusers asks for. */
export function writeSafetensors(
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Bytes {
  const names = Object.keys(tensors).sort();
  const entries: [string, unknown][] = [["__metadata__", { format: "pt", ...metadata }]];
  let offset = 0;
  for (const name of names) {
    const { shape, data } = tensors[name]!;
    if (sizeOf(shape) !== data.length)
      throw invalid("writeSafetensors", `${name} must fill its shape [${shape}]`, data.length);
    const begin = offset;
    offset += data.byteLength;
    entries.push([name, { dtype: "F32", shape, data_offsets: [begin, offset] }]);
  }
  const text = JSON.stringify(Object.fromEntries(entries));
  const encoded = new TextEncoder().encode(text);
  // Spaces up to a multiple of 8, so that the data can be mapped.
  const length = Math.ceil(encoded.length / 8) * 8;
  const file = new Uint8Array(8 + length + offset).fill(0x20, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(encoded, 8);
  let at = 8 + length;
  for (const name of names) {
    const { data } = tensors[name]!;
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw bad("the header must be JSON", (cause as Error).message);
  }
  if (!isRecord(header)) throw bad("the header must be a JSON object", header);
  return header;
}

function checked(name: string, entry: unknown): Entry {
  if (!isRecord(entry)) throw bad(`"${name}" must be described by an object`, entry);
  const { dtype, shape, data_offsets: offsets } = entry;
  const width = typeof dtype === "string" && Object.hasOwn(WIDTHS, dtype) ? WIDTHS[dtype]! : 0;
  if (width === 0) throw bad(`"${name}" must be of type F32, F16 or BF16`, dtype);
  if (!isCounts(shape)) throw bad(`"${name}" must have a shape of whole numbers`, shape);
  if (!isCounts(offsets) || offsets.length !== 2)
    throw bad(`"${name}" must have two data_offsets`, offsets);
  const [begin, end] = offsets as [number, number];
  if (end - begin !== sizeOf(shape) * width)
    throw bad(`"${name}" must have the bytes of its shape [${shape}]`, offsets);
  return { dtype: dtype as string, shape, begin, end };
}

/** The tensors must cover the data once, with neither gaps nor overlaps. */
function checkLayout(entries: readonly (readonly [string, Entry])[], length: number): void {
  const sorted = [...entries].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const [name, { begin, end }] of sorted) {
    if (begin !== at)
      throw bad(`"${name}" must begin where the tensor before it ends, at ${at}`, begin);
    at = end;
  }
  if (at !== length) throw bad(`the data must be ${at} bytes long, as the header says`, length);
}

function decode(dtype: string, bytes: ArrayBuffer): Float32Array {
  if (dtype === "F32") return new Float32Array(bytes);
  const halves = new Uint16Array(bytes);
  return dtype === "F16" ? fromFloat16(halves) : fromBfloat16(halves);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function bad(rule: string, value: unknown): RangeError {
  return invalid("readSafetensors", rule, value);
}
