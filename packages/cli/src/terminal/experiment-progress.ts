import type { ExperimentProgress } from "@symbreak/analysis";
import { progress } from "./progress.ts";

/** Shows on stderr how far an experiment is, and at once what it finds. */
export interface Told {
  readonly progress: (at: ExperimentProgress) => void;
  end(): void;
}

/** The progress of an experiment of this name: its parts and findings as lines, the time left while it works. */
export function told(name: string): Told {
  const bar = progress({ [name]: 1 });
  bar.phase(name);
  let part = "";
  // An experiment inside another may find what has been told already.
  const known = new Set<string>();
  const say = (text: string) => {
    bar.end();
    process.stderr.write(`${text}\n`);
  };
  return {
    progress(at) {
      if (at.part !== part) say(`${at.part} …`);
      part = at.part;
      if (at.finding !== undefined && !known.has(at.finding)) {
        known.add(at.finding);
        say(`  ${at.finding}`);
      }
      if (at.total > 0) bar.at(at.done / at.total);
    },
    end: bar.end,
  };
}
