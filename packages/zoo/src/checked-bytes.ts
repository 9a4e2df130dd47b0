import type { ModelCard } from "./model-card.ts";
import { readBytes } from "./read-bytes.ts";

/** The bytes at a URL, if they are the card's. @throws Error when they are not, or cannot be read or checked */
export async function checkedBytes(
  { name, bytes, sha256 }: Pick<ModelCard, "name" | "bytes" | "sha256">,
  url: URL,
): Promise<Uint8Array<ArrayBuffer>> {
  // Browsers keep it from pages that came over http.
  const { subtle }: Partial<typeof globalThis.crypto> = globalThis.crypto;
  if (subtle === undefined)
    throw new Error(
      "loadWeights: the page must come over https, or from localhost, to check weights",
    );
  const found = await readBytes(url);
  const digest = hexadecimal(await subtle.digest("SHA-256", found));
  if (digest === sha256) return found;
  throw new Error(
    `loadWeights: ${url} must hold the weights of ${name}, ${bytes} bytes with sha256 ${sha256}, got ${found.length} bytes with ${digest}: the file is damaged or of another version`,
  );
}

function hexadecimal(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
