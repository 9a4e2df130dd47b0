import type { Take } from "../../figure/take.ts";
import { analysis, files, starts, state } from "./state.ts";

/** The analysis to take home. */
export function take(): Take {
  const own = files.value !== undefined;
  const units = own ? state.units.value : "symmetric";
  const side = own && state.side.value !== "as they are" ? ` --resize ${state.side.value}` : "";
  return {
    name: "images",
    command: `ssb analyze ${own ? "./my-images" : "mnist"}${side} --scale ${units}`,
    typescript: `import { collapseTime, moments, speciationSpectrum, speciationTime } from "@symbreak/analysis";
import { withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";

const data = withUnits(await loadDataset(${own ? '"./my-images"' : '"mnist"'}), "${units}");
const found = await moments(data);
const { eigenvalues } = found.covariance as { eigenvalues: Float64Array };
console.log(speciationTime(eigenvalues[0]!), speciationSpectrum(eigenvalues).modes.slice(0, 11));
console.log(collapseTime({ count: data.count, size: found.mean.length }, found).spectrum);`,
    result: () => {
      const { mean: _, directions: __, ...numbers } = analysis.value ?? ({} as never);
      return { ...numbers, starts: starts.value };
    },
  };
}
