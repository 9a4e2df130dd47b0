import { invalid, type Store, type Team } from "@symbreak/core";
import type { Abort } from "@symbreak/samplers";

/** How far an experiment is, and what it has just found. */
export interface ExperimentProgress {
  /** Network calls made, each of one sample; of `total` that are foreseen. */
  readonly done: number;
  readonly total: number;
  /** Of those done, the ones that an earlier sitting or another shard had made: they took no time now. */
  readonly kept: number;
  /** What is being done: "scanning the starts". */
  readonly part: string;
  /** One sentence, where something has just become known. */
  readonly finding?: string;
}

/** What every experiment takes beside its network, its data and its effort. */
export interface ExperimentOptions {
  readonly progress?: ((at: ExperimentProgress) => void) | undefined;
  /** Checked between network calls. */
  readonly signal?: Abort | undefined;
  /**
   * Keeps what is finished, so that an interrupted experiment goes on where it was. Its keys are protocols, the digests of
   * the network and the data among them; nothing is kept of a network or data without a digest.
   */
  readonly store?: Store | undefined;
  /**
   * The shards that share the experiment, and which of them this is (`teamOf`). It makes its own parts, keeps them in the store,
   * and ends with `PartsElsewhere`. Whoever has the parts of all (`gathering`) gets the result that one machine would have found, bit for bit,
   * from the same call.
   */
  readonly team?: Team | undefined;
}

/** Counts the network calls of an experiment and tells of them. */
export interface Work {
  /** Begins a part. */
  part(name: string): void;
  /** So many more calls are foreseen. */
  expect(calls: number): void;
  /** So many calls were made. */
  did(calls: number): void;
  /** So many calls were made before. */
  kept(calls: number): void;
  /** A share, 0 … 1, of a piece of work that was expected to take so many calls; call it with 1 at the end. */
  share(calls: number): (fraction: number) => void;
  found(sentence: string): void;
}

/** The work of an experiment that is to make `total` network calls, as far as is foreseen. */
export function beginWork({ progress, signal }: ExperimentOptions, total: number = 0): Work {
  if (!(total >= 0)) throw invalid("beginWork", "total must be 0 or more", total);
  let [done, before, foreseen, part] = [0, 0, total, ""];
  const tell = (finding?: string) => {
    signal?.throwIfAborted();
    progress?.({
      done,
      total: Math.max(foreseen, done),
      kept: before,
      part,
      ...(finding === undefined ? {} : { finding }),
    });
  };
  const did = (calls: number) => {
    done += calls;
    tell();
  };
  return {
    part(name) {
      part = name;
      tell();
    },
    expect(calls) {
      foreseen += calls;
    },
    did,
    kept(calls) {
      before += calls;
      did(calls);
    },
    share(calls) {
      let before = 0;
      return (fraction) => {
        did(calls * (fraction - before));
        before = fraction;
      };
    },
    found: tell,
  };
}

/** A value as JSON gives it back: what is kept and what is fresh must be the same. */
export function plainly<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
