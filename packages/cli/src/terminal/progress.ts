/** Reports how far a piece of work is. */
export interface Progress {
  /** Begins the next phase of the plan. */
  phase(name: string): void;
  /** How much of the phase is done, 0…1; with the seconds that are left of all, where it is known better than by what is done. */
  at(fraction: number, left?: number): void;
  /** Clears the line. */
  end(): void;
}

/** Where progress is written, and by which clock (milliseconds). */
export interface ProgressOutput {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly now?: () => number;
}

/** Nothing is shown of work that is over so soon, ms. */
const QUIET = 2000;
/** Least time between two updates, ms: of a line that is rewritten, and of lines that stay. */
const EVERY = { tty: 100, plain: 10_000 };

/**
 * Progress over phases of known relative cost, with the time left: one line that is rewritten on a terminal, plain
 * lines elsewhere, nothing at all in the first two seconds.
 */
export function progress(
  plan: Readonly<Record<string, number>>,
  { write, isTTY = false, now = Date.now }: ProgressOutput = {
    write: (text) => process.stderr.write(text),
    isTTY: process.stderr.isTTY,
  },
): Progress {
  const names = Object.keys(plan);
  const total = Object.values(plan).reduce((sum, cost) => sum + cost, 0);
  const started = now();
  let current = -1;
  let before = 0;
  let shown = -Infinity;
  let line = "";

  function show(fraction: number, force: boolean, known?: number): void {
    const elapsed = now() - started;
    const due = isTTY ? EVERY.tty : EVERY.plain;
    if (elapsed < QUIET || (!force && elapsed - shown < due)) return;
    const done = (before + fraction * (plan[names[current]!] ?? 0)) / total;
    const guess = done > 0.01 ? (elapsed * (1 - done)) / done : undefined;
    const ms = known === undefined ? guess : 1000 * known;
    const left = ms === undefined ? "" : `, about ${duration(ms)} left`;
    const text = `[${current + 1}/${names.length}] ${names[current]}  ${Math.floor(100 * done)} %${left}`;
    if (text === line) return;
    write(isTTY ? `\r\u001b[K${text}` : `${text}\n`);
    line = text;
    shown = elapsed;
  }

  return {
    phase(name) {
      const next = names.indexOf(name);
      if (next < 0) throw new Error(`progress: the plan has no phase "${name}"`);
      before = names.slice(0, next).reduce((sum, earlier) => sum + plan[earlier]!, 0);
      current = next;
      show(0, true);
    },
    at: (fraction, left) => show(fraction, false, left),
    end() {
      if (isTTY && line) write("\r\u001b[K");
    },
  };
}

/** A duration for people: "8 s", "1 min 20 s". */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
