import { canonicalJson, type Data, packed } from "@symbreak/core";

/** The part of WebCrypto that is used; browsers keep it from pages that came over http. */
interface Crypto {
  readonly subtle?: { digest(name: "SHA-256", bytes: Uint8Array): Promise<ArrayBuffer> };
}

/**
 * The SHA-256 of data, hexadecimal: of the numbers, their shape and units, the labels. Null where there is no WebCrypto (a
 * page that came over http).
 */
export async function dataDigest({ values, shape, units, labels }: Data): Promise<string | null> {
  const numbers = await sha256(bytesOf(values));
  if (numbers === null) return null;
  return valueDigest({
    values: numbers,
    labels: labels === undefined ? null : await sha256(bytesOf(labels)),
    ...{ kind: values.constructor.name, shape, units },
  });
}

/** The SHA-256 of a plain value, which may hold typed arrays; null as of {@link dataDigest}. */
export async function valueDigest(value: unknown): Promise<string | null> {
  const text = canonicalJson(packed(value));
  return sha256(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

async function sha256(bytes: Uint8Array): Promise<string | null> {
  const { subtle } = (globalThis as { crypto?: Crypto }).crypto ?? {};
  if (subtle === undefined) return null;
  const digest = await subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), hexadecimal).join("");
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function hexadecimal(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
