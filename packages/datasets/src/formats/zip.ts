import { inflateSync } from "fflate";
import { DatasetError } from "../dataset-error.ts";
import { crc32 } from "./crc32.ts";
import { checkUnpacked } from "./unpacked.ts";

/** One file in a zip archive, still packed. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes once unpacked, says the directory. */
  readonly size: number;
  /** The bytes of the archive that it takes at least: its header, its name and its packed content. */
  readonly start: number;
  readonly end: number;
  /** Unpacks it into exactly `size` bytes and checks them against their CRC-32. */
  readonly read: () => Uint8Array;
}

// The records of PKWARE's APPNOTE 6.3.10, section 4.3, by signature and least length.
const LOCAL = { signature: 0x04034b50, length: 30, name: "a file header" };
const CENTRAL = { signature: 0x02014b50, length: 46, name: "a directory entry" };
const END = { signature: 0x06054b50, length: 22, name: "the end of the directory" };
const LOCATOR64 = { signature: 0x07064b50, length: 20, name: "the ZIP64 locator" };
const END64 = { signature: 0x06064b50, length: 56, name: "the ZIP64 end of the directory" };
/** "See the ZIP64 record instead." */
const ELSEWHERE = 0xffffffff;

/**
 * Lists the files of a zip archive by its central directory; ZIP64 too, which numpy.savez uses for large arrays.
 *
 * @throws DatasetError, here or from `read`, on damage, encryption or a method other than stored and deflate
 */
export function readZip(bytes: Uint8Array, file: string): ZipEntry[] {
  const reader = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = findEnd(reader, file);
  let count = reader.getUint16(at + 10, true);
  let offset = reader.getUint32(at + 16, true);
  if (count === 0xffff || offset === ELSEWHERE) {
    const locator = record(reader, at - LOCATOR64.length, LOCATOR64, file);
    const end = record(reader, uint64(reader, locator + 8), END64, file);
    count = uint64(reader, end + 32);
    offset = uint64(reader, end + 48);
  }
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    const entry = record(reader, offset, CENTRAL, file);
    const [name, extra, comment] = [28, 30, 32].map((o) => reader.getUint16(entry + o, true));
    const next = entry + CENTRAL.length + name! + extra! + comment!;
    if (next > bytes.length) throw truncated(file, next, bytes.length);
    entries.push(readEntry(bytes, reader, entry, file));
    offset = next;
  }
  checkApart(entries, file);
  return entries;
}

/**
 * Refuses entries that share bytes: few of them could else claim to unpack to any size, each from all of the archive.
 *
 * @throws DatasetError naming two that overlap
 */
function checkApart(entries: readonly ZipEntry[], file: string): void {
  const sorted = [...entries].sort((a, b) => a.start - b.start);
  for (const [i, entry] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined || before.end <= entry.start) continue;
    throw new DatasetError({
      file,
      offset: entry.start,
      expected: "files that follow each other",
      found: `${entry.name}, which overlaps ${before.name}`,
    });
  }
}

function readEntry(bytes: Uint8Array, reader: DataView, entry: number, file: string): ZipEntry {
  const nameStart = entry + CENTRAL.length;
  const nameEnd = nameStart + reader.getUint16(entry + 28, true);
  const name = new TextDecoder().decode(bytes.subarray(nameStart, nameEnd));
  const [size, packed, local] = zip64Sizes(reader, entry, nameEnd);
  const read = (): Uint8Array => {
    const header = record(reader, local, LOCAL, file);
    const [nameLength, extra] = [26, 28].map((o) => reader.getUint16(header + o, true));
    const start = header + LOCAL.length + nameLength! + extra!;
    if (start + packed > bytes.length) throw truncated(file, start + packed, bytes.length);
    const content = unpack(bytes.subarray(start, start + packed), {
      method: reader.getUint16(entry + 10, true),
      encrypted: (reader.getUint16(entry + 8, true) & 1) === 1,
      size,
      file: `${file}/${name}`,
    });
    const [expected, found] = [reader.getUint32(entry + 16, true), crc32(content)];
    if (expected === found) return content;
    throw new DatasetError({
      file: `${file}/${name}`,
      expected: `content with CRC-32 ${expected.toString(16)}`,
      found: found.toString(16),
    });
  };
  const end = local + LOCAL.length + (nameEnd - nameStart) + packed;
  return { name, size, start: local, end, read };
}

/** Unpacked size, packed size and place of an entry: 4 bytes each, or 8 in the ZIP64 field when they do not fit. */
function zip64Sizes(reader: DataView, entry: number, extra: number): [number, number, number] {
  const sizes = [24, 20, 42].map((o) => reader.getUint32(entry + o, true));
  const end = extra + reader.getUint16(entry + 30, true);
  for (let at = extra; at + 4 <= end; at += 4 + reader.getUint16(at + 2, true)) {
    if (reader.getUint16(at, true) !== 1) continue;
    for (let i = 0, field = at + 4; i < 3 && field + 8 <= end; i++) {
      if (sizes[i] !== ELSEWHERE) continue;
      sizes[i] = uint64(reader, field);
      field += 8;
    }
    break;
  }
  return sizes as [number, number, number];
}

interface Packed {
  readonly method: number;
  readonly encrypted: boolean;
  readonly size: number;
  readonly file: string;
}

function unpack(packed: Uint8Array, { method, encrypted, size, file }: Packed): Uint8Array {
  const fail = (expected: string, found: string, cause?: unknown): DatasetError =>
    new DatasetError({ file, expected, found, cause });
  if (encrypted) throw fail("a file without a password", "an encrypted one");
  if (method !== 0 && method !== 8) throw fail("stored or deflated bytes", `method ${method}`);
  let content = packed;
  if (method === 8) {
    checkUnpacked(size, packed.length, file);
    try {
      // One byte more than it should be shows one that is larger; what follows is not kept.
      content = inflateSync(packed, { out: new Uint8Array(size + 1) });
    } catch (cause) {
      throw fail(`deflated data of ${size} bytes`, (cause as Error).message, cause);
    }
  }
  if (content.length === size) return content;
  if (method === 8)
    throw fail(
      `deflated data of ${size} bytes`,
      content.length > size ? "more" : `${content.length}`,
    );
  throw fail(`${size} bytes, as the directory says`, String(content.length));
}

/** The end record has a comment of up to 65535 bytes behind it, so it is looked for backwards. */
function findEnd(reader: DataView, file: string): number {
  const last = reader.byteLength - END.length;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (reader.getUint32(at, true) === END.signature) return at;
  }
  const found = "none: not a zip archive, or a truncated one";
  throw new DatasetError({ file, offset: Math.max(0, last), expected: END.name, found });
}

function record(reader: DataView, at: number, kind: typeof LOCAL, file: string): number {
  if (at < 0 || at + kind.length > reader.byteLength) {
    throw truncated(file, at + kind.length, reader.byteLength);
  }
  const found = reader.getUint32(at, true);
  if (found === kind.signature) return at;
  const expected = `${kind.name} (${kind.signature.toString(16)})`;
  throw new DatasetError({ file, offset: at, expected, found: found.toString(16) });
}

function truncated(file: string, expected: number, found: number): DatasetError {
  return new DatasetError({
    file,
    offset: found,
    expected: `a zip archive of at least ${expected} bytes`,
    found: "the end of the file",
  });
}

function uint64(reader: DataView, at: number): number {
  return Number(reader.getBigUint64(at, true));
}
