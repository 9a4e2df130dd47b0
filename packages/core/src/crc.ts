/**
 * The 32-bit cyclic redundancy checks that begin and end with all bits turned: CRC-32 of zip and gzip (RFC 1952, section 8),
 * CRC-32C of event files (RFC 3720, appendix B.4). Plain JavaScript, for where there is no `node:zlib` to ask.
 *
 * @param polynomial bits reversed
 */
export function reflectedCrc(polynomial: number): (bytes: Uint8Array) => number {
  let table: Uint32Array | undefined;
  return (bytes) => {
    table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
      let crc = byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
      return crc;
    });
    let crc = 0xffffffff;
    for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255]!;
    return ~crc >>> 0;
  };
}
