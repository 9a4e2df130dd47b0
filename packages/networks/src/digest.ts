/** What we use of the Web Cryptography API, which browsers keep from pages that came over http. */
interface WebCrypto {
  readonly subtle: { digest(name: "SHA-256", bytes: Uint8Array): Promise<ArrayBuffer> };
}

/** SHA-256 of some bytes, hexadecimal; null where the page may not compute one (it came over plain http). */
export async function digestOf(bytes: Uint8Array): Promise<string | null> {
  const { subtle }: Partial<WebCrypto> = (globalThis as { crypto?: WebCrypto }).crypto ?? {};
  if (subtle === undefined) return null;
  const digest = await subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
