import { shortened } from "@symbreak/core";

/** Letters of what a file should hold and does hold that are shown: a list of damaged files is long. */
const SHOWN = 4000;

/** What is wrong with a file: where, what should stand there, what does, and what to do about it. */
export interface Fault {
  readonly file: string;
  /** Byte offset in the file (after decompression, for a compressed one), where one can be named. */
  readonly offset?: number;
  readonly expected: string;
  readonly found: string;
  readonly hint?: string;
  /** The set is sound, but has no such split. */
  readonly noSplit?: boolean;
  readonly cause?: unknown;
}

/**
 * Thrown for data that cannot be trusted: missing, truncated, of another format, or contradicting itself.
 *
 * @example
 * // DatasetError: train-images-idx3-ubyte, byte 16: expected 47040000 bytes of pixels (60000 × 28 × 28), found 100
 */
export class DatasetError extends Error {
  readonly file: string;
  readonly offset: number | undefined;
  readonly expected: string;
  readonly found: string;
  /** The set is sound, but has no such split. */
  readonly noSplit: boolean;

  constructor({ file, offset, expected, found, hint, noSplit = false, cause }: Fault) {
    const where = offset === undefined ? file : `${file}, byte ${offset}`;
    const advice = hint === undefined ? "" : `. ${hint}`;
    super(
      `${where}: expected ${shortened(expected, SHOWN)}, found ${shortened(found, SHOWN)}${advice}`,
      { cause },
    );
    this.name = "DatasetError";
    this.file = file;
    this.offset = offset;
    this.expected = expected;
    this.found = found;
    this.noSplit = noSplit;
  }
}
