import { DatasetError } from "../dataset-error.ts";

/** Larger than this we read no file and unpack none: Node's own limit for reading at once. */
export const MAX_BYTES: number = 2 ** 31 - 1;

/** Deflate cannot pack more than 1032 bytes into one (RFC 1951: 258 bytes for two bits). */
export const DEFLATE_LIMIT = 1032;

/** A byte of a file stands for no more pixels than this: deflate's 1032 bytes of eight 1-bit pixels. */
export const PIXELS_A_BYTE: number = DEFLATE_LIMIT * 8;

/** Refuses to unpack what cannot be true, or would not fit. */
export function checkUnpacked(length: number, packed: number, file: string): void {
  const most = Math.min(packed * DEFLATE_LIMIT, MAX_BYTES);
  if (length <= most) return;
  throw new DatasetError({
    file,
    offset: 0,
    expected: `at most ${most} bytes once unpacked (from ${packed})`,
    found: `a header that says ${length}`,
  });
}
