import { checkData, checkUnits, type Data, invalid } from "@symbreak/core";
import type { Network } from "@symbreak/samplers";

/** Checks that data are of the network's shape and units. */
export function checkSubject(where: string, network: Network, data: Data): void {
  if (typeof network?.denoiser?.predict !== "function" || network.process === undefined)
    throw invalid(where, "network must be one, with a denoiser and a process", network);
  checkData(where, data, 2);
  checkUnits(where, "data", data.units, network.units);
  const shape = network.denoiser.shape.join("×");
  if (data.shape.join("×") !== shape)
    throw invalid(where, `data must be ${shape}, as the network's`, data.shape.join("×"));
}
