import type { Bytes } from "./bytes.ts";
/** The bytes at a URL: a file's by Node (Bun and Deno too), others by `fetch`. */
export async function readBytes(url: URL): Promise<Bytes> {
  if (url.protocol === "file:") {
    // Not an import, which bundlers for browsers would stumble over.
    const { readFile } = process.getBuiltinModule("node:fs/promises");
    return new Uint8Array(await readFile(url));
  }
  // Vite writes small files into the code, where a strict Content-Security-Policy lets no `fetch` read them.
  const written = /^data:[^,]*;base64,(.*)$/.exec(url.href)?.[1];
  if (written !== undefined) return Uint8Array.from(atob(written), (byte) => byte.charCodeAt(0));
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`zoo: ${url} cannot be read: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
