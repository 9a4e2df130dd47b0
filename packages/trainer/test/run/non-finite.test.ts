import { dataOf } from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../../src/engines/engine.ts";
import { selectEngine } from "../../src/engines/select.ts";
import { nodeEngines } from "../../src/node/engines/candidates.ts";
import { partsOf } from "../../src/run/from-config.ts";
import { firstNonFinite, type NonFinite } from "../../src/run/non-finite.ts";
import { batches } from "../../src/run/training-data.ts";
import { unpackWeights } from "../../src/step/layout.ts";
import { tinyConfig, tinyData } from "./tiny-config.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await selectEngine(nodeEngines, { engine: "onnxruntime-node", threads: 1 });
});
afterAll(() => engine.dispose());

/** What is found in the first step of a run whose weights were changed. */
function found(
  model: { className: string; [option: string]: unknown },
  data: Parameters<typeof batches>[0],
  change: (weights: Record<string, Float32Array>) => void,
): Promise<NonFinite | undefined> {
  const { step } = partsOf(tinyConfig({ model }));
  const state = step.initialState(0);
  change(unpackWeights(step.layout, state.parameters!));
  const { feeds } = step.prepare(batches(data, { batch: 4, seed: 0 })(0), { seed: 0, step: 0 });
  return firstNonFinite(engine, step, state, feeds);
}

const { model: MLP } = tinyConfig();

test("a sound step holds nothing to be found", async () => {
  expect(await found(MLP, tinyData(), () => {})).toBeUndefined();
});

test("the layer whose product overflows is named", async () => {
  const overflow = (weights: Record<string, Float32Array>) => {
    weights["hidden.1.weight"]!.fill(3e38);
    weights["hidden.0.bias"]!.fill(10);
  };
  expect((await found(MLP, tinyData(), overflow))?.layer).toBe("hidden.1");
});

test("weights that are bad already are named as such", async () => {
  const poison = (weights: Record<string, Float32Array>) => {
    weights["out.bias"]![1] = Number.NaN;
  };
  const where = await found(MLP, tinyData(), poison);
  expect(where).toEqual({ layer: "out", operation: "parameters" });
});

test("of a U-Net's layers too", async () => {
  const model = { className: "SmallUNet", sampleSize: 4, inChannels: 1, blockOutChannels: [8, 8] };
  const data = dataOf(new Float32Array(16).fill(0.5), [1, 4, 4]);
  const overflow = (weights: Record<string, Float32Array>) => {
    weights["middle.0.conv1.weight"]!.fill(3e38);
  };
  expect((await found(model, data, overflow))?.layer).toBe("middle.0.conv1");
});
