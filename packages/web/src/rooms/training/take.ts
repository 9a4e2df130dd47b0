import { source, type Take } from "../../figure/take.ts";
import { BATCH, DEPTH } from "../../physics/training.ts";
import {
  agreement,
  copied,
  least,
  local,
  lossByPart,
  losses,
  picture,
  points,
  state,
  whole,
} from "./state.ts";

/** The training to take home. */
export function take(): Take {
  const { width, steps, seed } = state;
  return {
    name: "train",
    typescript: `import { discreteSchedule, philoxUniform } from "@symbreak/core";
import { adam, cosineRate, mlp, selectEngine, simple, trainingStep } from "@symbreak/trainer";
import { nodeEngines } from "@symbreak/trainer/node";

const points = Float32Array.from(${pointsSource()});
const step = trainingStep({
  model: mlp({ size: 2, width: ${width.value}, depth: ${DEPTH} }),
  objective: simple({ schedule: discreteSchedule(), prediction: "epsilon" }),
  optimiser: adam({ rate: cosineRate(4e-3, { steps: ${steps.value}, warmUp: 40 }), average: 0.99 }),
  batch: ${BATCH},
});
const engine = await selectEngine(nodeEngines);
const compiled = await engine.compile(step.program, step);
await compiled.load(step.initialState(${seed.value}));
for (let k = 0; k < ${steps.value}; k++) {
  const chosen = new Float64Array(${BATCH});
  philoxUniform(${seed.value}, [k])(chosen, ${BATCH}, 0);
  const data = new Float32Array(${2 * BATCH});
  chosen.forEach((u, i) => {
    const from = 2 * Math.floor((u * points.length) / 2);
    data.set(points.subarray(from, from + 2), 2 * i);
  });
  const { feeds } = step.prepare({ data, count: ${BATCH} }, { seed: ${seed.value}, step: k });
  const { loss } = await compiled.run(feeds);
  if (k % 100 === 99) console.log(k + 1, loss![0]);
}
await engine.dispose();`,
    result: () => ({
      points: points.value,
      width: width.value,
      steps: steps.value,
      seed: seed.value,
      losses: losses.value.map(({ step, loss }) => [step, loss]),
      lossByPart: lossByPart.value,
      least: least.value,
      step: picture.value?.step,
      samples: picture.value?.samples,
      copied: copied.value?.memorised,
      copiedByExactScore: whole.made.value?.report.memorised,
      copiedByLocalMachine: local.made.value?.report.memorised,
      agreement: agreement.value,
    }),
  };
}

/** At most two hundred points are written out. */
function pointsSource(): string {
  if (points.value.length <= 400) return source(Array.from(points.value));
  return "/* the points are in the numbers (JSON) */ []";
}
