import {
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  type Landscape,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { type ChainName, type ChainTime, chainName, levelChainTime } from "../chain-time.ts";
import { gainAt } from "./landscapes.ts";
import { linearised } from "./linearised.ts";

/** The wells met at one level. */
export interface WellsAt {
  readonly level: NoiseLevel;
  readonly time: ChainTime;
  /** E[x_0|x] in each well, the fullest first: what is decided there. */
  readonly wells: readonly Float64Array[];
  /** Share of the starts that fell into each. */
  readonly shares: readonly number[];
  /** Starts still moving when the calls ran out; each stands in the well that it is nearest to. */
  readonly unsettled: number;
}

/** The wells of a landscape at falling noise. */
export interface Wells {
  readonly landscape: Landscape;
  /** Noisiest first. */
  readonly at: readonly WellsAt[];
  /** The noisiest level with at least two wells, pitchfork or fold; null where there is none. */
  readonly split: ChainTime | null;
  readonly starts: number;
  readonly evaluations: number;
  readonly schedule: ChainName;
}

/** What {@link findWells} needs. */
export interface FindWellsOptions {
  readonly denoiser: Denoiser;
  /** Clean samples to start from, count × size: those of all classes. */
  readonly starts: Samples;
  /** Of any process, with signal and noise, noisiest first. */
  readonly levels: readonly NoiseLevel[];
  readonly landscape?: Exclude<Landscape, "drift">;
  /** Most evaluations of each start at a level. Default 60. */
  readonly most?: number;
  /** A start has settled when a step changes its clean picture by less, per coordinate. Default 1e-3 in units of the data. */
  readonly tolerance?: number;
  /** Two clean pictures nearer than this, per coordinate, are one well. Default 0.02 in units of the data. */
  readonly resolution?: number;
  readonly schedule?: DiscreteSchedule;
  readonly onLevel?: (at: WellsAt) => void;
}

/**
 * The stable fixed points of a landscape that clean samples fall into, at each level on its own: the iteration
 * y ← E[x_0 | gain·y] goes downhill, since the Jacobian of a true denoiser is a covariance, and y is the clean picture
 * of the state. One well before the symmetry breaks, several after, for unequal classes too, where the centre never
 * becomes unstable (a fold).
 *
 * Slow within a few percent of a critical level, where wells are flat: look at `unsettled`.
 */
export async function findWells(options: FindWellsOptions): Promise<Wells> {
  const { denoiser, starts, levels, landscape = "potential", most = 60 } = options;
  const { tolerance = 1e-3, resolution = 0.02, schedule = discreteSchedule() } = options;
  const line = linearised("findWells", denoiser);
  const { size } = line;
  const count = starts.length / size;
  if (!Number.isInteger(count) || count < 1)
    throw invalid("findWells", `starts must hold whole samples of ${size} values`, starts.length);

  const at: WellsAt[] = [];
  for (const level of levels) {
    const gain = gainAt("findWells", landscape, level);
    const place = Float64Array.from(starts);
    let moving = Array.from({ length: count }, (_, n) => n);
    for (let call = 0; call < most && moving.length > 0; call++) {
      const x = new Float64Array(moving.length * size);
      moving.forEach((n, row) => {
        for (let i = 0; i < size; i++) x[row * size + i] = gain * place[n * size + i]!;
      });
      const next = await line.denoise(x, level);
      moving = moving.filter((n, row) => {
        const reached = next.subarray(row * size, (row + 1) * size);
        const moved = distance(reached, place.subarray(n * size, (n + 1) * size));
        place.set(reached, n * size);
        return moved > tolerance;
      });
    }
    const { wells, shares } = distinct(place, size, resolution, new Set(moving));
    const time = levelChainTime(level, schedule);
    const found = { level, time, wells, shares, unsettled: moving.length };
    at.push(found);
    options.onLevel?.(found);
  }
  const split = at.find(({ wells }) => wells.length > 1)?.time ?? null;
  return {
    landscape,
    at,
    split,
    starts: count,
    evaluations: line.spent.evaluations,
    schedule: chainName(schedule),
  };
}

/** Groups places by the first of each group; those still moving open no well unless none has settled. */
function distinct(
  place: Float64Array,
  size: number,
  resolution: number,
  moving: ReadonlySet<number>,
): { wells: Float64Array[]; shares: number[] } {
  const count = place.length / size;
  const rows = Array.from({ length: count }, (_, n) => place.slice(n * size, (n + 1) * size));
  const groups: { well: Float64Array; members: number }[] = [];
  const join = (row: Float64Array, opens: boolean): void => {
    const nearest = groups
      .map((group) => ({ group, apart: distance(group.well, row) }))
      .reduce((a, b) => (b.apart < a.apart ? b : a), { group: groups[0], apart: Infinity });
    if (opens && nearest.apart > resolution) groups.push({ well: row, members: 1 });
    else if (nearest.group !== undefined) nearest.group.members++;
    else groups.push({ well: row, members: 1 });
  };
  rows.forEach((row, n) => {
    if (!moving.has(n)) join(row, true);
  });
  rows.forEach((row, n) => {
    if (moving.has(n)) join(row, false);
  });
  groups.sort((a, b) => b.members - a.members);
  return {
    wells: groups.map(({ well }) => well),
    shares: groups.map(({ members }) => members / count),
  };
}

/** Root mean square over the coordinates. */
function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
}
