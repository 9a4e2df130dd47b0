import {
  checkKeys,
  checkLevel,
  checkSpec,
  gridOf,
  invalid,
  type Moments,
  type NoiseLevel,
  processOf,
} from "@symbreak/core";
import type { Denoiser } from "./denoiser.ts";
import type { Network } from "./network.ts";
import type { SampleOptions } from "./run.ts";
import type { Configured, SampleProtocol } from "./sample.ts";
import { solverOf } from "./solvers.ts";
import { gaussianLateStart } from "./start/gaussian-late-start.ts";
import { noiseStart } from "./start/noise-start.ts";
import type { Start } from "./start/start.ts";
import { thresholdOf } from "./thresholding.ts";

/** What a protocol names but does not hold. */
export interface RunSources {
  /** The network, whose digest must be the protocol's. */
  readonly network?: Network;
  /** Instead of a network, where the protocol has none. */
  readonly denoiser?: Denoiser;
  /** The weaker network of a guided run, whose digest must be the protocol's. */
  readonly weak?: Network | undefined;
  /** For a late start; default the network's own. */
  readonly moments?: Moments | undefined;
  /** For a start that is neither noise nor late. */
  readonly start?: Start;
  /** The training levels, where the run had them. */
  readonly table?: readonly NoiseLevel[] | undefined;
}

/**
 * The run of a protocol: `sample(runOf(protocol, { network }))` gives the same bits again.
 *
 * @throws RangeError where the network is another one, or something that the protocol names is missing
 */
export function runOf(protocol: SampleProtocol, sources: RunSources): SampleOptions {
  const { network, denoiser, weak, table } = sources;
  checkProtocol(protocol);
  checkNetwork("network", protocol.network, network);
  // A protocol of an earlier version says nothing of a weak network.
  checkNetwork("weak network", protocol.weak ?? null, weak);
  if (protocol.table !== (table !== undefined))
    throw invalid(
      "runOf",
      `table must ${protocol.table ? "be given, as it was" : "not be given, as it was not"}`,
      table,
    );
  return {
    ...(network === undefined ? {} : { network }),
    ...(denoiser === undefined ? {} : { denoiser }),
    ...(protocol.process === null ? {} : { process: processOf(protocol.process) }),
    solver: sameAs(network?.defaults?.solver, protocol.solver) ?? solverOf(protocol.solver),
    grid: sameAs(network?.defaults?.grid, protocol.grid) ?? gridOf(protocol.grid),
    ...(LISTS.includes(protocol.grid.name) ? {} : { steps: protocol.steps }),
    start: startOf(protocol, sources),
    ...(!protocol.condition ? {} : { condition: protocol.condition }),
    ...(!protocol.guidance ? {} : { guidance: protocol.guidance }),
    ...(weak === undefined ? {} : { weak }),
    threshold: protocol.threshold === null ? null : thresholdOf(protocol.threshold),
    table,
    count: protocol.count,
    first: protocol.first,
    batch: protocol.batch,
    seed: BigInt(protocol.seed!),
    precision: protocol.precision,
  };
}

/** Checks what the parts of a run do not check themselves: a protocol may come out of a file. */
function checkProtocol(protocol: SampleProtocol): void {
  if (typeof protocol !== "object" || protocol === null)
    throw invalid("runOf", "the protocol must be an object", protocol);
  const { start, seed, steps, grid, solver, table } = protocol;
  if (seed === null)
    throw invalid("runOf", "the protocol must have a seed; its noise was the caller's", null);
  if (typeof seed !== "string" || !/^-?\d{1,40}$/.test(seed))
    throw invalid("runOf", "seed must be decimal", seed);
  if (!Number.isInteger(steps) || steps < 1)
    throw invalid("runOf", "steps must be a positive integer", steps);
  if (typeof table !== "boolean") throw invalid("runOf", "table must be true or false", table);
  checkSpec("runOf: grid", grid);
  checkSpec("runOf: solver", solver);
  checkKeys("runOf: start", start, ["name", "level", "top"]);
  checkLevel("runOf: start", start.level);
  if (typeof start.top !== "boolean")
    throw invalid("runOf", "start.top must be true or false", start.top);
  const { levels } = grid.settings ?? {};
  // Without a start of its own the first of the list is where it begins.
  if (grid.name === "levels" && Array.isArray(levels) && start.top && levels.length - 1 !== steps)
    throw invalid("runOf", `${levels.length} levels are ${levels.length - 1} steps`, steps);
}

/** The network must be given where the protocol has one, and be the same. */
function checkNetwork(
  what: string,
  named: SampleProtocol["network"],
  given: Network | undefined,
): void {
  if (given === undefined && named !== null)
    throw invalid("runOf", `the ${what} "${named.name}" must be given`, given);
  if (given !== undefined && named?.digest !== given.digest)
    throw invalid(
      "runOf",
      `the ${what} must be the protocol's, with digest ${named?.digest}`,
      given.digest,
    );
}

/** A network's own solver or grid, where the protocol names just that: a pipeline's are in no table. */
function sameAs<Value extends Configured>(
  own: Value | undefined,
  { name, settings }: Configured,
): Value | undefined {
  const same = own?.name === name && JSON.stringify(own.settings) === JSON.stringify(settings);
  return same ? own : undefined;
}

/** Grids that have their own number of steps. */
const LISTS = ["levels", "timesteps", "sigmas"];

function startOf({ start }: SampleProtocol, sources: RunSources): Start {
  if (sources.start !== undefined) return sources.start;
  if (start.name === "noise") return start.top ? noiseStart() : noiseStart(start.level);
  const moments = sources.moments ?? sources.network?.moments;
  if (start.name === "late" && moments !== undefined)
    return gaussianLateStart(moments, start.level);
  throw invalid("runOf", "the start's moments or the start itself must be given", start.name);
}
