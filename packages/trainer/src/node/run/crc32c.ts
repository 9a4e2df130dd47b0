import { reflectedCrc } from "@symbreak/core";

/** CRC-32C, by Castagnoli's polynomial (RFC 3720, appendix B.4). */
export const crc32c: (bytes: Uint8Array) => number = reflectedCrc(0x82f63b78);
