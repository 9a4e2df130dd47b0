/** The same bytes as a plain Uint8Array: a Buffer's `slice` shares memory where a Uint8Array's copies. */
export function plainBytes(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
