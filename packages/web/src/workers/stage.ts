/** How far something is that the page waits for. */
export interface Stage {
  readonly words: string;
  /** What is done of it, 0 to 1, where that is known. */
  readonly share?: number | undefined;
}

export type OnStage = (stage: Stage) => void;

/** Milliseconds between two reports of a download. */
const REPORT = 100;

/**
 * The bytes at an address of the page's own, telling how many have come.
 *
 * @throws Error in words for a reader, where they cannot be had
 */
export async function fetchTold(
  url: string,
  what: string,
  onStage: OnStage,
): Promise<Uint8Array<ArrayBuffer>> {
  onStage({ words: `fetching ${what}` });
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok !== true || response.body === null)
    throw new Error(`${what} could not be fetched. Is there a connection?`);
  // What is packed on its way has another length when it arrives.
  const packed = response.headers.has("Content-Encoding");
  const length = packed ? 0 : Number(response.headers.get("Content-Length"));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let [came, told] = [0, 0];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value as Uint8Array<ArrayBuffer>);
    came += part.value.length;
    if (performance.now() - told < REPORT) continue;
    told = performance.now();
    onStage({
      words: `fetching ${what}: ${megabytes(came)}${length > 0 ? ` of ${megabytes(length)}` : ""} MB`,
      share: length > 0 ? came / length : undefined,
    });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Bytes unpacked, if they are packed by gzip. */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
