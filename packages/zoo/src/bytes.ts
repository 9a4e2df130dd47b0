/**
 * Bytes in a buffer of their own: a BlobPart, a fetch body. TypeScript before 5.7 has no word for the buffer, and later ones
 * want it; this is what its own library says that `Uint8Array.of` returns, in each of them.
 */
export type Bytes = ReturnType<Uint8ArrayConstructor["of"]>;
