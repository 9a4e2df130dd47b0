import type { CompareProtocol } from "@symbreak/analysis";

/** The protocol of a comparison for people: what was done, a line each. */
export function compareProtocolLines(protocol: CompareProtocol): Record<string, string> {
  const { network, data, solvers, ownGrid, grids, features, reference, heldOut, seed } = protocol;
  const { samples, scan, trial, paper, full } = protocol;
  const titles = Object.values(solvers).map(({ title }) => title);
  return {
    network: `${network.name}${network.digest === null ? "" : `, SHA-256 ${network.digest.slice(0, 12)}…`}`,
    data: `${data.name}, ${data.count} samples of ${data.shape.join("×")}`,
    units: data.units,
    features: features.description,
    reference: `${reference} of these samples`,
    "held out": heldOut === null ? "none" : `${heldOut.count} samples of ${heldOut.name}`,
    solvers: `${titles.join(", ")}; estimates of clean data are not clipped`,
    grid: `the network's own, ${ownGrid.name}; tried beside it: ${Object.keys(grids).join(", ")}`,
    samples: `${samples} a cell (numbers ${scan} … ${scan + samples - 1}), chosen on ${scan} others (0 … ${scan - 1})`,
    auto:
      trial > 0
        ? `the best of a few predicted starts, by ${trial} other samples each`
        : "predicted",
    ...(paper > 0 ? { paper: `${paper} a cell of the paper's columns` } : {}),
    fullChain: `${full} samples`,
    seed: String(seed),
  };
}
