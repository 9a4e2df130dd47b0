import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** A grey picture, which may say that it is wider than it is. */
export function png(width: number, height: number, said: number = width): Uint8Array {
  return framedPng(pngParts(width, height, said));
}

/** Its header and its rows before they are packed: 13 bytes, then a filter and the pixels of each row. */
export function pngParts(width: number, height: number, said: number = width): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(said, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x7f);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  return Buffer.concat([header, rows]);
}

/** Packs header and rows, whatever they say, into a file whose every check sum is right. */
export function framedPng(parts: Uint8Array): Uint8Array {
  const rows = deflateSync(parts.subarray(13));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", parts.subarray(0, 13)),
    chunk("IDAT", rows),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, "latin1");
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
  return Buffer.concat([head, data, check]);
}
