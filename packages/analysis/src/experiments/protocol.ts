import { type Data, describeUnits, invalid, type ProcessSpec, type Store } from "@symbreak/core";
import type { Network } from "@symbreak/samplers";
import { dataDigest } from "./digest.ts";
import type { ExperimentOptions } from "./experiment.ts";
import type { Extractor } from "./extractor.ts";

/** A configured solver, grid or threshold as plain JSON. */
export interface Configured {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What an experiment is about, as plain JSON. */
export interface SubjectProtocol {
  readonly network: {
    readonly name: string;
    readonly digest: string | null;
    readonly process: ProcessSpec;
    /** Of a network that knows classes: that it was asked for none. */
    readonly asked?: string;
  };
  readonly data: {
    readonly name: string;
    readonly count: number;
    readonly shape: readonly number[];
    readonly units: string;
    readonly digest: string | null;
  };
}

/** The network and the data of an experiment, for its protocol and the keys of its store. */
export async function subjectProtocol(network: Network, data: Data): Promise<SubjectProtocol> {
  const { name, digest, process, classes } = network;
  const asked = classes && { asked: withoutClass(classes.count) };
  return {
    network: { name, digest, process: process.spec, ...asked },
    data: await dataProtocol(data),
  };
}

/** How experiments ask a network that knows so many classes. */
export function withoutClass(count: number): string {
  return `for no class, by its label for none of its ${count}`;
}

/** Data as a protocol has them. */
async function dataProtocol(data: Data): Promise<SubjectProtocol["data"]> {
  const { name = "data", count, shape, units } = data;
  return { name, count, shape, units: describeUnits(units), digest: await dataDigest(data) };
}

/**
 * The store, where the network and the data are known by their digests: otherwise other weights would be mistaken for these.
 *
 * @throws RangeError where shards would have no store that they share
 */
export function storeOf(
  { network, data }: SubjectProtocol,
  { store, team }: Pick<ExperimentOptions, "store" | "team">,
): Store | undefined {
  const known = network.digest === null || data.digest === null ? undefined : store;
  if (team !== undefined && known === undefined)
    throw invalid(
      "team",
      "shards must share a store, and their network and data must have digests",
      { store: store !== undefined, network: network.digest, data: data.digest },
    );
  return known;
}

/** What made the features, as a protocol has it. */
export function extractorProtocol({ name, description, digest = null }: Extractor): {
  readonly name: string;
  readonly description: string;
  readonly digest: string | null;
} {
  return { name, description, digest };
}

/** A configured value as plain JSON. */
export function configured({ name, settings }: Configured): Configured {
  return { name, settings };
}

/**
 * A configured value in one word, as the command line takes it.
 *
 * @example configuredName(ddim({ eta: 1 })) // "ddim:eta=1"
 */
export function configuredName({ name, settings }: Configured): string {
  const said = Object.entries(settings).map(([key, value]) => `${key}=${String(value)}`);
  return said.length === 0 ? name : `${name}:${said.join(",")}`;
}
