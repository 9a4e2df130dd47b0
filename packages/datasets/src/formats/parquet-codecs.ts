import type { Compressors } from "hyparquet";
import { crc32 } from "./crc32.ts";

/** The codecs of Parquet beside Snappy, which is hyparquet's own: each unpacks into exactly `length` bytes, or fails. */
export async function parquetCodecs(): Promise<Compressors> {
  const { decompressBrotli, decompressLz4, decompressLz4Raw, decompressZstd, gunzip } =
    await import("hyparquet-compressors");
  return {
    GZIP: (input, length) => checked(gunzip(input, new Uint8Array(length)), input),
    BROTLI: decompressBrotli,
    ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
    LZ4: decompressLz4,
    LZ4_RAW: decompressLz4Raw,
  };
}

/** A gzip ends with the CRC-32 and the length of its content (RFC 1952, section 2.3.1). */
function checked(content: Uint8Array, packed: Uint8Array): Uint8Array {
  const end = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8);
  if (end.getUint32(0, true) === crc32(content) && end.getUint32(4, true) === content.length)
    return content;
  throw new Error("a gzip whose content does not match its checksum");
}
