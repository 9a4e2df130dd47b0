import { npyBytes } from "@symbreak/datasets/bytes";
import { source, type Take } from "../../figure/take.ts";
import { SHAPE } from "../../physics/digits.ts";
import {
  COUNT,
  drawn,
  late,
  lateNearest,
  lateRequest,
  noise,
  noiseNearest,
  RETURNS,
  returned,
  state,
  turnRequest,
} from "./state.ts";

/** The digits of both columns to take home. */
export function takeDigits(): Take {
  const { steps, seed } = state;
  const from = lateRequest.value.from!;
  const command = (start: string) =>
    `ssb sample zoo:mnist --solver ddim --count ${COUNT} --steps ${steps.value} --start ${start} --seed ${seed.value}`;
  return {
    name: "digits",
    command: `${command("noise")}\n${command(String(from))}`,
    typescript: `import { openNetwork } from "@symbreak/networks/node";
import { ddim, gaussianLateStart, sample } from "@symbreak/samplers";

const network = await openNetwork("zoo:mnist");
const run = {
  network,
  solver: ddim(),
  steps: ${source(steps.value)},
  count: ${COUNT},
  seed: ${source(seed.value)},
};
const noise = await sample(run);
const late = await sample({ ...run, start: gaussianLateStart(network.moments!, ${from}) });
console.log(noise.nfe, late.nfe);`,
    result: () => ({
      network: "zoo:mnist",
      noise: lastOf(noise.value),
      late: lastOf(late.value),
    }),
  };
}

/** The comparison with what the network was trained on, to take home. */
export function takeCopies(): Take {
  const { steps, seed } = state;
  return {
    name: "digits-nearest",
    command: `ssb memorise zoo:mnist --solver ddim --samples ${COUNT} --steps ${steps.value} --seed ${seed.value}`,
    typescript: `import { memorisation } from "@symbreak/analysis";
import { AS_IS, dataOf, withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { openNetwork } from "@symbreak/networks/node";
import { ddim, sample } from "@symbreak/samplers";

const network = await openNetwork("zoo:mnist");
const { samples } = await sample({
  network,
  solver: ddim(),
  steps: ${source(steps.value)},
  count: ${COUNT},
  seed: ${source(seed.value)},
});
const training = withUnits(await loadDataset("mnist"), "symmetric");
const made = dataOf(samples, network.denoiser.shape, AS_IS);
const { nearest, distances, ratios } = await memorisation(made, training);
console.log(nearest, distances, ratios);`,
    result: () => ({
      network: "zoo:mnist",
      noise: nearestOf(noiseNearest.value),
      late: nearestOf(lateNearest.value),
    }),
  };
}

function nearestOf(compared: typeof noiseNearest.value) {
  return compared?.nearest.map(({ index, distance, ratio }) => ({ index, distance, ratio }));
}

/** A digit's U-turns to take home. */
export function takeTurn(): Take {
  const from = turnRequest.value.from;
  return {
    name: "digit-u-turn",
    command: `ssb sample zoo:mnist --solver ddpm --noised digit.npy --from ${from} --steps ${Math.min(10, from)} --count ${RETURNS} --seed ${state.seed.value}`,
    ...(drawn.value && { files: { "digit.npy": npyBytes(drawn.value, SHAPE) } }),
    typescript: `import { openNetwork } from "@symbreak/networks/node";
import { ddpm, noisedStart, sample } from "@symbreak/samplers";

const digit = Float32Array.from(${drawn.value ? toText(drawn.value) : "/* 784 values from −1 to 1 */ []"});
const network = await openNetwork("zoo:mnist");
const { samples } = await sample({
  network,
  solver: ddpm(),
  steps: ${Math.min(10, from)},
  start: noisedStart(digit, network.process.level(${from})),
  count: ${RETURNS},
  seed: ${state.seed.value},
});
console.log(samples);`,
    result: () => ({ digit: drawn.value, ...lastOf(returned.value) }),
  };
}

function toText(digit: Float32Array): string {
  return `[${Array.from(digit, (value) => Number(value.toFixed(3))).join(",")}]`;
}

function lastOf(column: typeof noise.value) {
  const last = column?.steps.at(-1);
  return (
    last && { ...column!.request, nfe: last.nfe, judgements: last.judgements, samples: last.x }
  );
}
