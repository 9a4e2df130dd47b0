import type { Data } from "@symbreak/core";
import { type Network, solverOf } from "@symbreak/samplers";
import type { MeasuredCell } from "../../late-start/cell.ts";
import { dataMoments } from "../data-moments.ts";
import { beginWork, type ExperimentOptions } from "../experiment.ts";
import { networkInformation } from "../network-information.ts";
import { storeOf, subjectProtocol } from "../protocol.ts";
import type { CompareResult } from "./compare-result.ts";
import type { CompareEffort } from "./effort.ts";
import { drawCell } from "./measure-cells.ts";
import { settingOf } from "./setting.ts";

/** The same numbers of samples of one row from its starts, stored as the data are: what pictures show. */
export interface RowSamples {
  readonly solver: string;
  readonly steps: number;
  readonly usual: Data;
  readonly tuned: Data;
  readonly late: Data;
}

/** Draws the first samples of each row of a comparison again, as it drew them. */
export async function comparedSamples(
  network: Network,
  data: Data,
  { gains, protocol }: Pick<CompareResult, "gains" | "protocol">,
  { count = 40, moments }: Pick<CompareEffort, "moments"> & { readonly count?: number },
  options: ExperimentOptions = {},
): Promise<RowSamples[]> {
  const { seed } = protocol;
  const work = beginWork(options, 3 * count * gains.reduce((sum, { nfe }) => sum + nfe, 0));
  work.part("drawing the pictures");
  const subject = await subjectProtocol(network, data);
  const about = { seed, subject, store: storeOf(subject, options), work };
  const setting = settingOf(
    network,
    data,
    moments ?? (await dataMoments(data)),
    Object.values(protocol.solvers).map((solver) => solverOf(solver)),
    await networkInformation(network, data, about),
  );
  const draw = async (cell: MeasuredCell): Promise<Data> => {
    const numbers = { count, first: cell.first, seed };
    const onCalls = (calls: number) => work.did(calls);
    return (await drawCell(setting, cell, numbers, { signal: options.signal, onCalls })).samples;
  };
  const rows: RowSamples[] = [];
  for (const { solver, steps, usual, tuned, late } of gains)
    rows.push({
      ...{ solver, steps },
      usual: await draw(usual),
      tuned: await draw(tuned),
      late: await draw(late),
    });
  return rows;
}
