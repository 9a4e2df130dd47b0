import type { Section } from "@symbreak/figures";

/** What `ssb theory` says of one model: numbers for machines, a table for people, pictures for the report. */
export interface TheoryPage {
  readonly title: string;
  readonly finding: string;
  /** Printed by `--json`. */
  readonly result: Readonly<Record<string, unknown>>;
  readonly table: readonly (readonly [quantity: string, value: string])[];
  /** Figures are drawn only when a report is wanted. */
  readonly sections: (document: unknown) => Promise<readonly Section[]>;
}

/** A number for people: seven digits, or a word where there is none. */
export function shown(value: number | null | undefined, none = "never"): string {
  return value === null || value === undefined ? none : String(Number(value.toPrecision(7)));
}
