import { crc32, deflateRawSync } from "node:zlib";
import { npyBytes, npzBytes } from "@symbreak/datasets";

/** A directory whose every entry is one and the same large file. */
export function overlappingZip(entries: number): Uint8Array {
  return repeated(Buffer.from(npzBytes({ x: { data: new Uint8Array(500_000) } })), entries);
}

/** Zeros that were deflated a thousandfold, in many entries of one file. */
export function bombZip(): Uint8Array {
  return repeated(deflatedZip(npyBytes(new Uint8Array(40_000_000), [40_000_000])), 100);
}

/** One deflated file, `x.npy`. */
export function deflatedZip(content: Uint8Array): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const [local, entry, end] = [Buffer.alloc(35), Buffer.alloc(51), Buffer.alloc(22)];
  for (const [head, at] of [
    [local, 0],
    [entry, 2],
  ] as const) {
    head.writeUInt32LE(at === 0 ? 0x04034b50 : 0x02014b50, 0);
    head.writeUInt16LE(8, 8 + at);
    head.writeUInt32LE(crc32(content), 14 + at);
    head.writeUInt32LE(packed.length, 18 + at);
    head.writeUInt32LE(content.length, 22 + at);
    head.writeUInt16LE(5, 26 + at);
    head.write("x.npy", head.length - 5, "latin1");
  }
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}

/** The archive's one entry of the directory, so many times under different names. */
function repeated(archive: Buffer, entries: number): Uint8Array {
  const end = archive.length - 22;
  const start = archive.readUInt32LE(end + 16);
  const entry = archive.subarray(start, end);
  const directory = Array.from({ length: entries }, (_, i) => {
    const copy = Buffer.from(entry);
    // Another name, of the same length.
    copy[46] = 48 + (i % 75);
    return copy;
  });
  const tail = Buffer.from(archive.subarray(end));
  tail.writeUInt16LE(entries, 8);
  tail.writeUInt16LE(entries, 10);
  tail.writeUInt32LE(entry.length * entries, 12);
  return Buffer.concat([archive.subarray(0, start), ...directory, tail]);
}
