/** The bytes of a data URI, such as an image grid of `@symbreak/figures`. */
export function pngBytes(uri: string): Buffer {
  return Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64");
}
