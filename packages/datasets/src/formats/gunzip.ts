import { constants, gunzipSync } from "node:zlib";
import { DatasetError } from "../dataset-error.ts";
import { plainBytes } from "./plain-bytes.ts";
import { checkUnpacked } from "./unpacked.ts";

const HEAD_BYTES = 4096;

/** Does it start with gzip's magic, 1f 8b? */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip whose content states its own length: first its head, then exactly that many bytes, so that a
 * bomb or a lying header costs no memory.
 *
 * @param layout the content's whole length, from its first bytes
 */
export function gunzip(
  bytes: Uint8Array,
  file: string,
  layout: (head: Uint8Array, file: string) => { length: number },
): Uint8Array {
  const { length } = layout(head(bytes, file), file);
  checkUnpacked(length, bytes.length, file);
  try {
    return plainBytes(gunzipSync(bytes, { maxOutputLength: Math.max(length, 1) }));
  } catch (cause) {
    const tooLong = (cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new DatasetError({
      file,
      expected: `a gzip of ${length} bytes`,
      found: tooLong ? "more" : `a damaged one (${(cause as Error).message})`,
      cause,
    });
  }
}

function head(bytes: Uint8Array, file: string): Uint8Array {
  try {
    // Z_SYNC_FLUSH: give what can be had, without waiting for the end of the stream.
    return gunzipSync(bytes.subarray(0, HEAD_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    const found = `a damaged one (${(cause as Error).message})`;
    throw new DatasetError({ file, offset: 0, expected: "a gzip", found, cause });
  }
}
