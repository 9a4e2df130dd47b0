import { source, type Take } from "../../figure/take.ts";
import {
  COUNT,
  drawn,
  late,
  lateRequest,
  noise,
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
    `ssb sample zoo:mnist --count ${COUNT} --steps ${steps.value} --start ${start} --seed ${seed.value}`;
  return {
    name: "digits",
    command: `${command("noise")}\n${command(String(from))}`,
    typescript: `import { discreteSchedule, leading } from "@symbreak/core";
import { clip, ddim, gaussianLateStart, onnxDenoiser, sample } from "@symbreak/samplers";
import { load } from "@symbreak/zoo/mnist";
import * as ort from "onnxruntime-node";

const { card, weights, moments } = await load();
const session = await ort.InferenceSession.create(await weights());
const run = {
  denoiser: onnxDenoiser(session, { Tensor: ort.Tensor, shape: card.shape }),
  process: discreteSchedule(),
  solver: ddim(),
  grid: leading(),
  threshold: clip(),
  steps: ${source(steps.value)},
  count: ${COUNT},
  seed: ${source(seed.value)},
};
const noise = await sample(run);
const late = await sample({ ...run, start: gaussianLateStart((await moments())!, ${from}) });
console.log(noise.nfe, late.nfe);`,
    result: () => ({
      network: "zoo:mnist",
      noise: lastOf(noise.value),
      late: lastOf(late.value),
    }),
  };
}

/** A digit's U-turns to take home. */
export function takeTurn(): Take {
  const from = turnRequest.value.from;
  return {
    name: "digit-u-turn",
    typescript: `import { discreteSchedule, leading, levelAt } from "@symbreak/core";
import { clip, ddpm, noisedStart, onnxDenoiser, sample } from "@symbreak/samplers";
import { load } from "@symbreak/zoo/mnist";
import * as ort from "onnxruntime-node";

const digit = Float32Array.from(${drawn.value ? toText(drawn.value) : "/* 784 values from −1 to 1 */ []"});
const { card, weights } = await load();
const session = await ort.InferenceSession.create(await weights());
const { samples } = await sample({
  denoiser: onnxDenoiser(session, { Tensor: ort.Tensor, shape: card.shape }),
  process: discreteSchedule(),
  solver: ddpm(),
  grid: leading(),
  threshold: clip(),
  steps: ${Math.min(10, from)},
  start: noisedStart(digit, levelAt(discreteSchedule(), ${from})),
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
