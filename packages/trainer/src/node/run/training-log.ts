import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { appendTo, readIfThere, writeAtomically } from "@symbreak/files";
import { scalarRecord, versionRecord } from "./event-record.ts";

/** What is noted every so many steps: means since the last note. */
export interface LogEntry {
  readonly step: number;
  readonly loss: number;
  /** By noise level, clean first; null where none was seen. */
  readonly lossByLevel: readonly (number | null)[];
  /** Of a classifier: the fraction of the training batches named right, by the weights as they were. */
  readonly accuracy?: number;
  readonly gradientNorm: number;
  readonly rate: number;
  readonly imagesPerSecond: number;
  /** Seconds spent in steps so far, in this sitting. */
  readonly seconds: number;
}

/** Writes `log.jsonl` and an event file for TensorBoard. */
export interface TrainingLog {
  /** What was noted in earlier sittings. */
  readonly before: readonly LogEntry[];
  write(entry: LogEntry): Promise<void>;
}

/** Opens the log of a run that has `from` steps behind it: what an interrupted run noted after them is forgotten. */
export async function openLog(directory: string, from: number): Promise<TrainingLog> {
  const file = join(directory, "log.jsonl");
  const text = (await readIfThere(file))?.toString() ?? "";
  const before = text
    .split("\n")
    .flatMap(entryOf)
    .filter(({ step }) => step <= from);
  await writeAtomically(file, before.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  const now = Date.now() / 1000;
  const folder = join(directory, "tensorboard");
  // TensorBoard reads a folder's files in the order of their names, and takes a step that comes again from the later.
  const events = join(folder, `events.out.tfevents.${now.toFixed(3)}.${hostname()}.${process.pid}`);
  await mkdir(folder, { recursive: true });
  await appendTo(events, versionRecord(now));
  return {
    before,
    write: async (entry) => {
      await appendTo(file, `${JSON.stringify(entry)}\n`);
      const { step, loss, gradientNorm, rate, imagesPerSecond, lossByLevel, accuracy } = entry;
      const levels = lossByLevel.flatMap((value, k) =>
        value === null ? [] : [[`loss by level/${k}`, value] as const],
      );
      const scalars = {
        loss,
        "gradient norm": gradientNorm,
        "learning rate": rate,
        "images per second": imagesPerSecond,
        ...(accuracy !== undefined && { accuracy }),
        ...Object.fromEntries(levels),
      };
      await appendTo(events, scalarRecord({ wallTime: Date.now() / 1000, step, scalars }));
    },
  };
}

/** The entry of a line, if it is one: the last may have been cut off by whatever ended the run. */
function entryOf(line: string): LogEntry[] {
  try {
    const entry: LogEntry | null = JSON.parse(line);
    return typeof entry?.step === "number" ? [entry] : [];
  } catch {
    return [];
  }
}
