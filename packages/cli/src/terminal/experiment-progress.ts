import type { ExperimentProgress } from "@symbreak/analysis";
import { advanced, beginning, type Progress, type Store, secondsLeft } from "@symbreak/core";
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
 * @param store keeps the pace, so that the time left is known from the first moment of the next sitting
 */
export function told(name: string, store?: Store, output?: ProgressOutput): Told {
  const bar = progress({ [name]: 1 }, output);
  bar.phase(name);
  // An experiment inside another may find what has been told already.
  const known = new Set<string>();
  const { now = Date.now, write } = output ?? { write: (text) => process.stderr.write(text) };
  let [part, made, last, noted] = ["", 0, now(), now()];
  let pace: Progress = beginning(0);
  let key: unknown;
  const say = (text: string) => {
    bar.end();
    write(`${text}\n`);
  };
  const begin = (of: string) => {
    [key, pace, made, last] = [{ kind: "pace", name, of }, beginning(0), 0, now()];
    const mine = key;
    const remember = (before: unknown) => {
      // Of what is counted now, and only while nothing is known.
      if (before !== undefined && key === mine && pace.recent.units === 0)
        pace = { ...pace, recent: before as Progress["recent"] };
    };
    store?.get(key).then(remember, () => undefined);
  };
  return {
    progress(at) {
      const fresh = at.done - at.kept;
      // An experiment within a study counts from 0 again.
      if (key === undefined || fresh < made || (at.done === 0 && made > 0)) begin(at.part);
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
        store?.set(key, pace.recent).catch(() => undefined);
      }
      if (at.total > 0)
        bar.at(at.done / at.total, secondsLeft({ ...pace, done: at.done, total: at.total }));
    },
    end: bar.end,
  };
}
