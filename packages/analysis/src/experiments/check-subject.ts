import { checkData, checkUnits, type Data, invalid } from "@symbreak/core";
import type { Network } from "@symbreak/samplers";

/** Checks that data are of the network's shape and units, at least so many, and that the network can be asked without a class, as experiments do. */
export function checkSubject(where: string, network: Network, data: Data, least = 2): void {
  if (typeof network?.denoiser?.predict !== "function" || network.process === undefined)
    throw invalid(where, "network must be one, with a denoiser and a process", network);
  const { name, classes } = network;
  if (classes !== undefined && !classes.unconditional)
    throw invalid(
      where,
      `network must do without a class: experiments ask for none, and ${name} must be told one`,
      `${classes.count} classes`,
    );
  checkData(where, data, least);
  checkUnits(where, "data", data.units, network.units);
  const shape = network.denoiser.shape.join("×");
  if (data.shape.join("×") !== shape)
    throw invalid(where, `data must be ${shape}, as the network's`, data.shape.join("×"));
}
