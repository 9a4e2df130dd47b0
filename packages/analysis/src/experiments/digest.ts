import { canonicalJson, type Data } from "@symbreak/core";

/** The part of WebCrypto that is used; browsers keep it from pages that came over http. */
interface Crypto {
  readonly subtle?: { digest(name: "SHA-256", bytes: Uint8Array): Promise<ArrayBuffer> };
}

/**
 * The SHA-256 of data, hexadecimal: of the numbers, their shape and units, the labels. Null where there is no WebCrypto (a
 * page that came over http).
 */
export async function dataDigest({ values, shape, units, labels }: Data): Promise<string | null> {
  const { subtle } = (globalThis as { crypto?: Crypto }).crypto ?? {};
  if (subtle === undefined) return null;
  const sha256 = async (bytes: Uint8Array) =>
    Array.from(new Uint8Array(await subtle.digest("SHA-256", bytes)), hexadecimal).join("");
  const about = canonicalJson({
    values: await sha256(bytesOf(values)),
    labels: labels === undefined ? null : await sha256(bytesOf(labels)),
    ...{ kind: values.constructor.name, shape, units },
  });
  return sha256(Uint8Array.from(about, (character) => character.charCodeAt(0)));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function hexadecimal(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
