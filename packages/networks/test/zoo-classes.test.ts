import { ddim, sample } from "@symbreak/samplers";
import { partsOf, resolveConfig } from "@symbreak/trainer";
import type { DenoiserCard, Model } from "@symbreak/zoo";
import { load } from "@symbreak/zoo/mnist";
import * as runtime from "onnxruntime-web/wasm";
import { expect, test } from "vitest";
import { exportNetwork, openZoo } from "../src/index.ts";
import { tinyNetwork } from "./tiny-network.ts";

const model = { className: "Mlp", size: 3, width: 8, depth: 2, timeFeatures: 4, numClassEmbeds: 4 };
const objective = { name: "simple", dropLabels: 0.1 } as const;
const { scheduler } = partsOf(
  resolveConfig({ name: "tiny", data: { dataset: "none" }, model, objective, batch: 1, steps: 1 }),
);

/** A model of the zoo that knows three classes. */
async function opened(none: number | null) {
  const { card } = await load();
  const bytes = await exportNetwork(tinyNetwork({ model, objective }));
  const named: DenoiserCard = {
    ...card,
    ...{ shape: [3], scheduler: scheduler!, classes: { count: none ?? 4, none } },
  };
  const zoo = { card: named, weights: async () => bytes, moments: async () => undefined } as Model;
  return openZoo(async () => zoo, { runtime });
}

test("a card's classes can be asked for by number, and none where a label stands for it", async () => {
  const network = await opened(3);
  expect(network.classes).toMatchObject({ count: 3, unconditional: true });
  const run = { network, solver: ddim(), steps: 1, count: 2, seed: 4 };
  const [one, two, none] = await Promise.all(
    [1, 2, null].map((label) => sample({ ...run, condition: { classes: [label] } })),
  );
  expect(one!.samples).not.toEqual(two!.samples);
  expect((await sample(run)).samples).toEqual(none!.samples);
});

test("without such a label it must be told one", async () => {
  const network = await opened(null);
  expect(network.classes).toMatchObject({ count: 4, unconditional: false });
  await expect(sample({ network, solver: ddim(), steps: 1 })).rejects.toThrow(
    "must be told a class",
  );
});
