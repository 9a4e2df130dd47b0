import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExperimentProgress } from "@symbreak/analysis";
import { advanced, beginning, type Progress, secondsLeft } from "@symbreak/core";
import { type ProgressOutput, progress } from "./progress.ts";

/** Shows on stderr how far an experiment is, and at once what it finds. */
export interface Told {
  readonly progress: (at: ExperimentProgress) => void;
  end(): void;
}

/** Least time between two notes of the pace, ms. */
const NOTED = 10_000;

/**
 * The progress of an experiment of this name: its parts and findings as lines, the time left while it works. It follows from the network
 * calls left and from what calls took of late; parts that were there already took no time.
 *
 * @param directory where `pace.json` lies until the end, so that the time left is known from the first moment of the next sitting
 */
export function told(name: string, directory?: string, output?: ProgressOutput): Told {
  const bar = progress({ [name]: 1 }, output);
  bar.phase(name);
  // An experiment inside another may find what has been told already.
  const known = new Set<string>();
  const { now = Date.now, write } = output ?? { write: (text) => process.stderr.write(text) };
  let [part, made, last, noted] = ["", 0, now(), now()];
  let pace: Progress = beginning(0);
  let of: string | undefined;
  const say = (text: string) => {
    bar.end();
    write(`${text}\n`);
  };
  const path = directory && join(directory, "pace.json");
  const begin = (first: string) => {
    [of, made, last] = [first, 0, now()];
    pace = { ...beginning(0), recent: paceOf(path, name, of) ?? beginning(0).recent };
  };
  const note = () => {
    if (directory === undefined || path === undefined) return;
    try {
      mkdirSync(directory, { recursive: true });
      writeFileSync(path, JSON.stringify({ name, of, recent: pace.recent }));
    } catch {
      // A disk that is full is told of by what has to be written.
    }
  };
  return {
    progress(at) {
      const fresh = at.done - at.kept;
      // An experiment within a study counts from 0 again.
      if (of === undefined || fresh < made || (at.done === 0 && made > 0)) begin(at.part);
      if (at.part !== part) say(`${at.part} …`);
      part = at.part;
      if (at.finding !== undefined && !known.has(at.finding)) {
        known.add(at.finding);
        say(`  ${at.finding}`);
      }
      const time = now();
      if (fresh > made) {
        pace = advanced({ ...pace, total: at.total }, fresh - made, (time - last) / 1000);
        [made, last] = [fresh, time];
      }
      if (time - noted > NOTED && pace.recent.units > 0) {
        noted = time;
        note();
      }
      // All that is foreseen so far may be done long before the end: then nobody knows how far it is.
      if (at.total > at.done)
        bar.at(at.done / at.total, secondsLeft({ ...pace, done: at.done, total: at.total }));
    },
    end() {
      bar.end();
      if (path !== undefined) rmSync(path, { force: true });
    },
  };
}

/** The pace that an earlier sitting noted, of what begins with the same part. */
function paceOf(
  path: string | undefined,
  name: string,
  of: string,
): Progress["recent"] | undefined {
  if (path === undefined) return undefined;
  try {
    const noted = JSON.parse(readFileSync(path, "utf8")) as {
      recent?: Partial<Progress["recent"]>;
    };
    const { units, seconds } = noted.recent ?? {};
    const same = JSON.stringify({ name, of, recent: noted.recent }) === JSON.stringify(noted);
    return same && units! > 0 && seconds! >= 0
      ? { units: units as number, seconds: seconds as number }
      : undefined;
  } catch {
    return undefined;
  }
}
