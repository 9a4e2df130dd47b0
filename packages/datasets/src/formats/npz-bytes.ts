import { crc32 } from "node:zlib";
import { npyBytes } from "./npy-bytes.ts";

/** An array to store: its numbers row by row, and their shape (default: one axis). */
export interface NpzEntry {
  readonly data: Float64Array | Uint8Array;
  readonly shape?: readonly number[];
}

/** Archives this large would need ZIP64. */
const LARGEST = 0xffffffff;

/** Arrays as the bytes of a .npz file, as `numpy.savez` writes them: stored, one .npy file each. */
export function npzBytes(arrays: Readonly<Record<string, NpzEntry>>): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [key, { data, shape = [data.length] }] of Object.entries(arrays)) {
    const name = Buffer.from(`${key}.npy`);
    const content = npyBytes(data, shape);
    const common = commonHeader(name.length, content);
    const local = Buffer.concat([signature(0x04034b50), common, name, content]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    // Made by version 2.0; no comment, first disk, no attributes.
    directory.push(signature(0x02014b50), Buffer.of(20, 0), common, place, name);
    files.push(local);
    offset += local.length;
    if (offset > LARGEST) throw new RangeError(`npzBytes: arrays must fit in 4 GB, got ${offset}`);
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, entries, signature(0x06054b50), end]);
}

/** What a file's header and its directory entry share: APPNOTE 6.3.10, sections 4.3.7 and 4.3.12. */
function commonHeader(nameLength: number, content: Uint8Array): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  // 1 January 1980, the earliest there is: the same arrays give the same file.
  header.writeUInt16LE(0x21, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(content.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
