import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cell, MeasuredCell } from "@symbreak/analysis";
import { writeRun } from "../write-run.ts";

/** Keeps measured cells in a run's directory, so that an interrupted comparison goes on where it was. */
export interface CellStore {
  /** The cell as it was measured before, or undefined. */
  read(key: string): MeasuredCell | undefined;
  write(key: string, cell: MeasuredCell): void;
}

/** What a cell is called on the disk. `part` keeps a scan and a table apart. */
export function cellKey(part: string, { solver, steps, start, timestep }: Cell): string {
  return `${part}-${solver}-${steps}-${start}-${timestep}`;
}

/**
 * Opens the store of a directory. Cells that were measured under another protocol are not comparable: the directory is
 * refused, and the differing entries named.
 */
export function openCellStore(
  directory: string,
  protocol: Readonly<Record<string, unknown>>,
): CellStore {
  const path = join(directory, "protocol.json");
  if (existsSync(path)) {
    const before: Record<string, unknown> = JSON.parse(readFileSync(path, "utf8"));
    const keys = new Set([...Object.keys(before), ...Object.keys(protocol)]);
    const text = (value: unknown) => JSON.stringify(value);
    const changed = [...keys].filter((key) => text(before[key]) !== text(protocol[key]));
    if (changed.length > 0) {
      const was = changed.map(
        (key) => `${key} (was ${text(before[key])}, is ${text(protocol[key])})`,
      );
      throw new Error(
        `compare: ${directory} holds a comparison under another protocol: ${was.join(", ")}; give another --out, or the same options`,
      );
    }
  } else writeRun(directory, { "protocol.json": `${JSON.stringify(protocol, null, 2)}\n` });
  const file = (key: string) => join("cells", `${key}.json`);
  return {
    read: (key) => {
      const at = join(directory, file(key));
      return existsSync(at) ? JSON.parse(readFileSync(at, "utf8")) : undefined;
    },
    write: (key, cell) => writeRun(directory, { [file(key)]: `${JSON.stringify(cell)}\n` }),
  };
}
