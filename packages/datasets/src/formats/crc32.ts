import { reflectedCrc } from "@symbreak/core";

/** CRC-32 as zip and gzip have it (RFC 1952, section 8). */
export const crc32: (bytes: Uint8Array) => number = reflectedCrc(0xedb88320);
