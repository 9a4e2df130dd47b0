/** What a loader left out or changed: said, since nobody should have to guess it. Plain JSON. */
export interface LoadReport {
  /** What was left out, and how many: `{ ".bmp": 3, "dangling link": 1 }`. */
  readonly ignored: Readonly<Record<string, number>>;
  /** Files that do not decode and were skipped (`skipDamaged`), with the reason. */
  readonly damaged: readonly string[];
  /** What was changed on the way: "12 images with alpha were laid on black". */
  readonly notes: readonly string[];
}

/** Gathers a {@link LoadReport} while a set is read. */
export interface Findings {
  ignore(kind: string, count?: number): void;
  /** `text` follows the number of images that it is true of. */
  changed(text: string): void;
  note(text: string): void;
  skip(message: string): void;
  report(): LoadReport;
}

/** Findings, empty as yet. */
export function findings(): Findings {
  const [ignored, changes] = [new Map<string, number>(), new Map<string, number>()];
  const [notes, damaged]: [string[], string[]] = [[], []];
  const add = (to: Map<string, number>, key: string, count: number): void => {
    to.set(key, (to.get(key) ?? 0) + count);
  };
  return {
    ignore: (kind, count = 1) => add(ignored, kind, count),
    changed: (text) => add(changes, text, 1),
    note: (text) => void notes.push(text),
    skip: (message) => void damaged.push(message),
    report: () => ({
      ignored: Object.fromEntries([...ignored].sort(([a], [b]) => (a < b ? -1 : 1))),
      damaged,
      notes: [
        ...notes,
        ...[...changes].map(([text, count]) => `${count} image${count > 1 ? "s" : ""} ${text}`),
      ],
    }),
  };
}
