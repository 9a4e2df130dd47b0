import { gridOf, invalid, type Moments, type NoiseLevel, processOf } from "@symbreak/core";
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
  const { network, denoiser, table } = sources;
  if (protocol.seed === null)
    throw invalid("runOf", "the protocol must have a seed; its noise was the caller's", null);
  if (network === undefined && protocol.network !== null)
    throw invalid("runOf", `the network "${protocol.network.name}" must be given`, network);
  if (network !== undefined && protocol.network?.digest !== network.digest)
    throw invalid(
      "runOf",
      `the network must be the protocol's, with digest ${protocol.network?.digest}`,
      network.digest,
    );
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
    ...(protocol.condition === null ? {} : { condition: protocol.condition }),
    threshold: protocol.threshold === null ? null : thresholdOf(protocol.threshold),
    table,
    count: protocol.count,
    first: protocol.first,
    batch: protocol.batch,
    seed: BigInt(protocol.seed),
    precision: protocol.precision,
  };
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
