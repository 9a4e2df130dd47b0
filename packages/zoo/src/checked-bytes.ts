import type { Bytes } from "./bytes.ts";
import { readBytes } from "./read-bytes.ts";

/** What a file must be, as its model's card says. */
export interface FileDigest {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The bytes at a URL, if they are the card's. @throws Error when they are not, or cannot be read or checked */
export async function checkedBytes(
  what: string,
  { bytes, sha256 }: FileDigest,
  url: URL,
): Promise<Bytes> {
  // Browsers keep it from pages that came over http.
  const { subtle }: Partial<typeof globalThis.crypto> = globalThis.crypto;
  if (subtle === undefined)
    throw new Error("zoo: the page must come over https, or from localhost, to check weights");
  const found = await readBytes(url);
  const digest = hexadecimal(await subtle.digest("SHA-256", found));
  if (digest === sha256) return found;
  throw new Error(
    `zoo: ${url} must hold ${what}, ${bytes} bytes with sha256 ${sha256}, got ${found.length} bytes with ${digest}: the file is damaged or of another version`,
  );
}

function hexadecimal(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
