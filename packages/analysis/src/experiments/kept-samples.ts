import { invalid, keptInBlocks, type Samples, type Store, type Team } from "@symbreak/core";
import { type SampleOptions, sample } from "@symbreak/samplers";
import type { Work } from "./experiment.ts";
import type { Configured } from "./protocol.ts";

/** Samples that are made and kept together: one network call at each step. */
const SAMPLE_GRAIN = 64;

/** How the samples of an experiment are made and kept. */
export interface KeepingSamples<Values> {
  readonly store: Store | undefined;
  readonly team: Team | undefined;
  readonly work: Work;
  /** Network calls that each is expected to take. */
  readonly calls: number;
  /** Whether the work is told of the calls; otherwise it knows of them. */
  readonly expect?: boolean;
  /** What is kept of the samples of a block. */
  readonly stored: (samples: Samples) => Values;
}

/** Samples that were kept, in order, and what they took. */
export interface KeptSamples<Values> {
  readonly values: Values;
  /** Network calls a sample. */
  readonly nfe: number;
  readonly grid: Configured;
}

/**
 * The samples of a run in blocks of {@link SAMPLE_GRAIN}, which are kept.
 *
 * @param protocol all that they depend on
 */
export async function keptSamples<Values extends Samples | Uint8Array>(
  run: SampleOptions,
  protocol: Readonly<Record<string, unknown>>,
  { store, team, work, calls, expect = false, stored }: KeepingSamples<Values>,
): Promise<KeptSamples<Values>> {
  const { first = 0, count = 1 } = run;
  return keptInBlocks(store, protocol, {
    ...{ count, grain: SAMPLE_GRAIN, whole: false, team },
    make: async (range) => {
      const { samples, nfe, protocol } = await sample({
        ...run,
        ...{ first: first + range.first, count: range.count },
        onStep: callsOfSteps(work.did),
      });
      return { values: stored(samples), nfe, grid: protocol.grid, count: range.count };
    },
    join(blocks) {
      const [one] = blocks;
      if (one === undefined) throw invalid("keptSamples", "count must be positive", count);
      const spent = blocks.reduce((sum, { nfe, count }) => sum + nfe * count, 0);
      return {
        ...{ values: sideBySide(blocks.map(({ values }) => values)), nfe: spent / count },
        grid: one.grid,
      };
    },
    expect: (samples) => expect && work.expect(samples * calls),
    found: (samples) => work.kept(samples * calls),
  });
}

/** What `onStep` of a run must be, for the network calls of each step. */
export function callsOfSteps(did: (calls: number) => void): NonNullable<SampleOptions["onStep"]> {
  let [batch, before] = [-1, 0];
  return ({ first, nfe, count }) => {
    if (first !== batch) [batch, before] = [first, 0];
    did((nfe - before) * count);
    before = nfe;
  };
}

/** Rows behind rows. */
export function sideBySide<Values extends Samples | Uint8Array>(parts: readonly Values[]): Values {
  const [one] = parts as readonly [Values];
  const Rows = one.constructor as new (length: number) => Values;
  const out = new Rows(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
