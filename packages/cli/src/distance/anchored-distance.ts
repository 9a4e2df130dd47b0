import {
  anchors,
  type Discrimination,
  discrimination,
  frechetMeasure,
  gaussianDraws,
  type Placed,
  placed,
} from "@symbreak/analysis";
import { type Data, type Multiply, sizeOf, sliceSamples } from "@symbreak/core";
import type { FeatureMaker } from "./feature-maker.ts";

/** What the Fréchet distance can tell at `count` samples a side, and where the first generated ones stand. */
export interface AnchoredDistance extends Discrimination {
  readonly generated: Placed;
}

/** Real sets beside the reference. */
const SETS = 5;
/** In fewer samples a side the floor is most of everything. */
const FEWEST = 50;
/** More features than that take minutes. */
const MOST_FEATURES = 256;

/** The real images, the features of both sides, and what made them. */
interface Made {
  readonly set: Data;
  readonly real: Data;
  readonly generated: Data;
  readonly maker: FeatureMaker;
  readonly seed: number;
  readonly multiply: Multiply;
}

/** Anchors the Fréchet distance by the real images; null where they are too few, or the features too many. */
export async function anchoredDistance(made: Made): Promise<AnchoredDistance | null> {
  const { set, real, generated, maker, seed, multiply } = made;
  const count = Math.min(generated.count, Math.floor(real.count / (SETS + 1)));
  if (count < FEWEST || sizeOf(real.shape) > MOST_FEATURES) return null;
  const gaussian = await maker.make(await gaussianDraws(set, count, { seed, multiply }));
  const sets = anchors(real, gaussian, { count, sets: SETS, seed });
  const measure = frechetMeasure(maker.name);
  const found = await discrimination(measure, sets);
  const first = sliceSamples(generated, 0, count);
  return { ...found, generated: await placed(measure, sets, found, first) };
}
