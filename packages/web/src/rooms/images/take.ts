import type { Take } from "../../figure/take.ts";
import { analysis, classes, curves, files, network, starts, state } from "./state.ts";

/** The set as the command line and the library name it. */
function subject() {
  const own = files.value !== undefined;
  const resized = own && state.side.value !== "as they are";
  const units = own ? state.units.value : "symmetric";
  const name = own ? "./my-images" : "mnist";
  return {
    name,
    command: `${name}${resized ? ` --resize ${state.side.value}` : ""} --scale ${units}`,
    load: `loadDataset("${name}"${resized ? `, { resize: ${state.side.value} }` : ""})`,
    units,
  };
}

/** The analysis to take home. */
export function take(): Take {
  const { command, load, units } = subject();
  return {
    name: "images",
    command: `ssb analyze ${command}`,
    typescript: `import { collapseTime, moments, speciationSpectrum, speciationTime } from "@symbreak/analysis";
import { type SpectralCovariance, withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";

const data = withUnits(await ${load}, "${units}");
const found = await moments(data);
const { eigenvalues } = found.covariance as SpectralCovariance;
console.log(speciationTime(eigenvalues[0]!), speciationSpectrum(eigenvalues).modes.slice(0, 11));
console.log(collapseTime({ count: data.count, size: found.mean.length }, found).spectrum);`,
    result: () => {
      const { mean: _, directions: __, ...numbers } = analysis.value ?? ({} as never);
      return numbers;
    },
  };
}

/** The times of the classes to take home. */
export function takeClasses(): Take {
  const { command, load, units } = subject();
  return {
    name: "classes",
    command: `ssb analyze ${command}`,
    typescript: `import { analyzeData } from "@symbreak/analysis";
import { withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";

const data = withUnits(await ${load}, "${units}");
const { classes } = await analyzeData(data, { posterior: 4000 });
console.log(classes?.pairs, classes?.tree);`,
    result: () => {
      const { means: _, ...numbers } = classes.value ?? ({} as never);
      return numbers;
    },
  };
}

/** The loss curves to take home. */
export function takeLoss(): Take {
  const { command, load, units, name } = subject();
  const opened = network.value?.name;
  return {
    name: "loss-by-level",
    command: opened
      ? `ssb sample ${opened} --data ${name} --solver ddim --steps 5 --start auto --count 16`
      : `ssb analyze ${command}`,
    typescript: opened
      ? `import { evenLevels, lossCurve, pick } from "@symbreak/analysis";
import { inUnits, logSnr, takeSamples, withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { openNetwork } from "@symbreak/networks/node";
import { processPath } from "@symbreak/samplers";

const network = await openNetwork("${opened}");
const { process, denoiser } = network;
const data = withUnits(await ${load}, network.units);
const [top, bottom] = [process.level(process.tMax), process.level(process.tMin)];
const { at } = await lossCurve({
  denoiser,
  data: inUnits(takeSamples(data, pick(data.count, 32))),
  levels: evenLevels(processPath(process), top, bottom, 20),
});
console.log(at.map(({ level, loss }) => [logSnr(level), loss]));`
      : `import { evenLevels, lossCurve, pick } from "@symbreak/analysis";
import { discreteSchedule, inUnits, levelAt, takeSamples, withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { empiricalDenoiser, processPath } from "@symbreak/samplers";

// The exact score of most images, on others of them.
const data = withUnits(await ${load}, "${units}");
const held = pick(data.count, Math.min(32, data.count >> 1));
const others = Array.from({ length: data.count }, (_, n) => n).filter((n) => !held.includes(n));
const chain = discreteSchedule();
const { at } = await lossCurve({
  denoiser: empiricalDenoiser(inUnits(takeSamples(data, others.slice(0, 800))), data.shape),
  data: inUnits(takeSamples(data, held)),
  levels: evenLevels(processPath(chain), levelAt(chain, 999), levelAt(chain, 0), 20),
});
console.log(at.map(({ level, loss }) => [level.timestep, loss]));`,
    result: () => ({ curves: curves.value, network: network.value, starts: starts.value }),
  };
}
