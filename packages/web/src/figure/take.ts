/** What a reader takes home from a figure. */
export interface Take {
  /** File name without an ending. */
  readonly name: string;
  /** The command that finds the same, where `ssb` has one. */
  readonly command?: string | undefined;
  /** Files that the command reads, by name. */
  readonly files?: Readonly<Record<string, Uint8Array<ArrayBuffer>>> | undefined;
  /** A program that does. */
  readonly typescript: string;
  /** What the figure shows, as plain data. */
  result(): unknown;
}

/** JSON with typed arrays as arrays, numbers to seven digits. */
export function toJson(result: unknown): string {
  return JSON.stringify(
    result,
    (_, value: unknown) =>
      ArrayBuffer.isView(value)
        ? Array.from(value as unknown as ArrayLike<number>)
        : typeof value === "number"
          ? Number(value.toPrecision(7))
          : value,
    2,
  );
}

/** A number or list as source text. */
export function source(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    typeof v === "number" ? Number(v.toPrecision(6)) : v,
  );
}
