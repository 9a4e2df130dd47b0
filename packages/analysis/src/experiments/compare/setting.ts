import {
  type Data,
  defaultGrid,
  type Grid,
  isChain,
  karras,
  leading,
  levels,
  type Moments,
  type NoiseLevel,
  noiseToSignal,
  trailing,
} from "@symbreak/core";
import { ddim, type Network, SOLVERS, type Solver } from "@symbreak/samplers";
import { noisiestWithSignal } from "../network-information.ts";
import { configuredName } from "../protocol.ts";

/** A network, its data, and the values that the words of cells stand for. */
export interface CompareSetting {
  readonly network: Network;
  readonly data: Data;
  readonly moments: Moments;
  /** By {@link configuredName}. */
  readonly solvers: ReadonlyMap<string, Solver>;
  /** The network's own grid, that of cells without a word for one. */
  readonly own: Grid;
  /** The other grids, by {@link gridName}. */
  readonly grids: ReadonlyMap<string, Grid>;
  /** The levels that the network was trained at, noisiest first, of a chain. */
  readonly table: readonly NoiseLevel[] | undefined;
}

/** DDIM and its stochastic kind, which walk the whole chain. */
const WHOLE = [ddim(), ddim({ eta: 1 })];

/** The setting of a comparison of these solvers. */
export function settingOf(
  network: Network,
  data: Data,
  moments: Moments,
  solvers: readonly Solver[],
  information?: Grid,
): CompareSetting {
  const own = network.defaults?.grid ?? defaultGrid(network.process);
  const ofChains = isChain(network.process) ? [leading(), trailing()] : [];
  // Where the top has no signal, Karras' sigmas have no end but the noisiest that has some.
  const top = noisiestWithSignal(network.process);
  const { tMax } = network.process;
  const ends = network.process.level(tMax).alpha > 0 ? {} : { sigmaMax: noiseToSignal(top) };
  const others = [...ofChains, karras(ends), ...(information ? [information] : [])].filter(
    (grid) => configuredName(grid) !== configuredName(own),
  );
  return {
    ...{ network, data, moments, own },
    solvers: new Map([...solvers, ...WHOLE].map((solver) => [configuredName(solver), solver])),
    grids: new Map(others.map((grid) => [gridName(grid), grid])),
    table: trainedLevels(network),
  };
}

/** The timestep at the top of the network's own grid of so many steps: where noise usually starts. */
export function usualTimestep({ own, network }: CompareSetting, steps: number): number {
  return own.levels(network.process, steps)[0]!.timestep;
}

/** A solver's name for people. */
export function solverTitle({ solvers }: Pick<CompareSetting, "solvers">, word: string): string {
  const { name, settings } = solvers.get(word)!;
  const said = Object.entries(settings).map(([key, value]) => `${key} = ${String(value)}`);
  const title = SOLVERS[name]?.title ?? name;
  return said.length === 0 ? title : `${title} (${said.join(", ")})`;
}

/** A grid in one word; the curve of a grid by information is left to the protocol. */
function gridName(grid: Grid): string {
  return grid.name === "information" ? grid.name : configuredName(grid);
}

function trainedLevels({ process }: Network): readonly NoiseLevel[] | undefined {
  if (!isChain(process)) return undefined;
  const last = process.steps - 1;
  const indices = Array.from({ length: process.steps }, (_, i) => last - i);
  return levels(process, indices, null);
}
