import { UNITS, type UnitsName } from "@symbreak/core";
import type { LoadOptions } from "@symbreak/datasets";
import { oneOf } from "../parse.ts";
import { readNetwork } from "./read-network.ts";

/** What the command line says of the data; what it leaves out the network says itself. */
export interface GivenData {
  readonly dataset: string | undefined;
  readonly options: LoadOptions;
  readonly scale: string | undefined;
}

/** The data of a network and its units: as they are given, else as it was trained on. */
export async function networkData(
  network: string,
  given: GivenData,
): Promise<{
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: UnitsName;
}> {
  const { data: own } = await readNetwork(network);
  const { dataset: trained, scale: units = "symmetric", flip: _, ...selection } = own ?? {};
  const dataset = given.dataset ?? trained;
  if (dataset === undefined)
    throw new Error(`${network} does not say what it was trained on: name the data with --data`);
  const scale = given.scale === undefined ? units : oneOf("--scale", given.scale, UNITS);
  // Another set has its own selection.
  const options = dataset === trained ? { ...selection, ...given.options } : given.options;
  return { dataset, options, scale };
}
