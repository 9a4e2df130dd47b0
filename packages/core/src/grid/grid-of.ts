import { checkSpec, type Spec } from "../check-spec.ts";
import { invalid } from "../invalid.ts";
import type { NoiseLevel } from "../level.ts";
import { type LeadingOptions, leading, linspaced, trailing } from "./chain-grids.ts";
import type { Grid } from "./grid.ts";
import { levelList, sigmaList, timestepList } from "./listed-grids.ts";
import {
  even,
  exponential,
  type KarrasOptions,
  karras,
  type SigmaGridOptions,
} from "./process-grids.ts";

/** Every grid by its name. To add one: its file, and its line here. */
export const GRIDS: Readonly<Record<string, (settings: never) => Grid>> = {
  leading: (settings: LeadingOptions) => leading(settings),
  trailing: () => trailing(),
  linspace: () => linspaced(),
  even: () => even(),
  karras: (settings: KarrasOptions) => karras(settings),
  exponential: (settings: SigmaGridOptions) => exponential(settings),
  timesteps: ({ timesteps }: { readonly timesteps: readonly number[] }) => timestepList(timesteps),
  sigmas: ({ sigmas }: { readonly sigmas: readonly number[] }) => sigmaList(sigmas),
  levels: ({ levels }: { readonly levels: readonly NoiseLevel[] }) => levelList(levels),
};

/** A grid as plain JSON. */
export type GridSpec = Spec;

/** The grid of a name and its settings, as a protocol has them. */
export function gridOf(spec: GridSpec): Grid {
  checkSpec("gridOf", spec);
  const { name, settings = {} } = spec;
  if (!Object.hasOwn(GRIDS, name))
    throw invalid("gridOf", `name must be one of ${Object.keys(GRIDS).join(", ")}`, name);
  const make = GRIDS[name] as (settings: object) => Grid;
  return make(settings);
}
