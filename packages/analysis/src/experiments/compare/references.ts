import {
  type Data,
  gaussian,
  type Moments,
  type Multiply,
  philoxNoise,
  type Store,
  sliceSamples,
  type Team,
  takeSamples,
  together,
} from "@symbreak/core";
import { type Discrimination, discrimination } from "../../distance/discrimination.ts";
import { frechetMeasure } from "../../distance/measure.ts";
import {
  classifications,
  type Judged,
  type QualityReference,
  type SampleQuality,
  sampleQuality,
} from "../../late-start/sample-quality.ts";
import { dataDigest } from "../digest.ts";
import type { Extractor } from "../extractor.ts";
import { keptJudged } from "../kept-judged.ts";
import { pick, rows } from "../pick.ts";
import { storedLike } from "../stored-like.ts";

/** A row of a table that no network made: what a perfect sampler would show, or one that knows two moments. */
export type ReferenceRow = SampleQuality & { readonly count: number };

/** What samples are held against, and what distances mean there. */
export interface References {
  readonly reference: QualityReference;
  /** Real samples beside the reference, as many as a cell has at most; null where there are none. */
  realRow(count: number): Promise<ReferenceRow | null>;
  /** So many draws of the Gaussian with the data's mean and covariance. */
  gaussianRow(count: number): Promise<ReferenceRow>;
  /** What the Fréchet distance of so many samples can tell; null where there are not two real sets of so many. */
  discrimination(count: number): Promise<Discrimination | null>;
}

/** Real samples beside the reference that are looked at, and disjoint sets of them that give the floor. */
const MOST = 10_000;
const SETS = 5;

/**
 * Features of real samples: the reference, and others beside it.
 *
 * @param heldOut real samples that were not trained on; without them those of the data that are not in the reference
 * @param real samples of the reference
 */
export async function openReferences(
  data: Data,
  heldOut: Data | undefined,
  extractor: Extractor,
  {
    real,
    moments,
    multiply,
    seed,
    store,
    team,
  }: {
    readonly real: number;
    readonly moments: Moments;
    readonly multiply: Multiply | undefined;
    readonly seed: number;
    readonly store?: Store | undefined;
    readonly team?: Team | undefined;
  },
): Promise<References> {
  // Cells hang on the reference: every shard needs it.
  const all = together(team);
  const digest = await dataDigest(data);
  const judge = (set: Data, by: Team | undefined) =>
    keptJudged(extractor, set, digest, { store, team: by });
  const chosen = pick(data.count, real);
  const judged = await judge(takeSamples(data, chosen), all);
  // The classifier's own names of the real samples, so that its slips count on both sides.
  const even = extractor.classes?.map(() => 1);
  const classes = judged.logits && classifications(judged.logits, even).histogram;
  const reference: QualityReference = {
    extractor: extractor.name,
    features: judged.features,
    ...(multiply && { multiply }),
    ...(classes && { classes }),
  };
  const others = heldOut ?? without(data, chosen);
  const beside =
    others.count > 1 ? await judge(takeSamples(others, pick(others.count, MOST)), all) : undefined;
  const drawn = new Map<number, Promise<Judged>>();
  const gaussianDraws = (count: number, by: Team | undefined): Promise<Judged> => {
    const found = drawn.get(count) ?? judge(gaussianSamples(moments, data, count, seed), by);
    drawn.set(count, found);
    return found;
  };
  return {
    reference,
    async realRow(count) {
      if (beside === undefined) return null;
      const taken = Math.min(count, beside.features.count);
      const set = rowsOf(beside, pick(beside.features.count, taken));
      return { ...(await sampleQuality(reference, set)), count: taken };
    },
    gaussianRow: async (count) => ({
      // A row of the result alone: whoever puts it together may have to draw them.
      ...(await sampleQuality(reference, await gaussianDraws(count, undefined))),
      count,
    }),
    async discrimination(count) {
      const sets = Math.min(SETS, Math.floor((beside?.features.count ?? 0) / count));
      if (beside === undefined || sets < 2) return null;
      // Every `sets`-th of those picked: sets that are alike, where the data are sorted.
      const order = pick(beside.features.count, sets * count);
      const part = (k: number) =>
        takeSamples(
          beside.features,
          order.filter((_, i) => i % sets === k),
        );
      return discrimination(frechetMeasure(extractor.name), {
        reference: reference.features,
        real: Array.from({ length: sets }, (_, k) => part(k)),
        gaussian: (await gaussianDraws(count, all)).features,
        count,
      });
    },
  };
}

/** Draws of the Gaussian with these moments, stored as the data are. */
function gaussianSamples(moments: Moments, data: Data, count: number, seed: number): Data {
  // Numbers that no run has: the draws are independent of every sample's start.
  const numbers = Array.from({ length: count }, (_, i) => 2 ** 31 + i);
  return storedLike(gaussian(moments).sample(count, philoxNoise(seed, numbers)), data);
}

function without(data: Data, taken: readonly number[]): Data {
  const gone = new Set(taken);
  const left = Array.from({ length: data.count }, (_, i) => i).filter((i) => !gone.has(i));
  return left.length === 0 ? sliceSamples(data, 0, 0) : takeSamples(data, left);
}

function rowsOf({ features, logits }: Judged, chosen: readonly number[]): Judged {
  return {
    features: takeSamples(features, chosen),
    ...(logits && { logits: rows(logits, logits.length / features.count, chosen) }),
  };
}
