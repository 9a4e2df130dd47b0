import { interpret } from "@symbreak/graph";
import { expect, test } from "vitest";
import { selectEngine } from "../../src/engines/select.ts";
import { denoiserProgram } from "../../src/export/denoiser-program.ts";
import { initialise } from "../../src/initialiser.ts";
import { mlp } from "../../src/models/mlp.ts";
import { nodeEngines } from "../../src/node/engines/candidates.ts";
import { engineNetwork } from "../../src/run/network.ts";
import { layoutOf, packWeights } from "../../src/step/layout.ts";

test("an engine gives the network's outputs, classes in turn", async () => {
  const model = mlp({ size: 2, width: 8, depth: 1, numClassEmbeds: 2 });
  const weights = initialise(model, 0);
  for (const w of Object.values(weights)) w.set(w.map((value, i) => value + 0.1 * Math.sin(i)));
  const layout = layoutOf(model.parameters);
  const x = Float32Array.of(1, -1, 0.5, 2, 1, -1);
  const engine = await selectEngine(nodeEngines, { engine: "onnxruntime-node", threads: 1 });
  try {
    const network = await engineNetwork(engine, model, layout, 3);
    const output = await network.predict(packWeights(layout, weights), x, 7);
    const feeds = { sample: x, timestep: [7, 7, 7], class_labels: [0, 1, 0] };
    const wanted = interpret(denoiserProgram(model, 3), { ...weights, ...feeds }).output!;
    expect(output).toHaveLength(6);
    for (const [i, value] of output.entries()) expect(value).toBeCloseTo(wanted[i]!, 5);
    expect(output[0]).toBe(output[4]);
    expect(Math.abs(output[0]!)).toBeGreaterThan(1e-3);
  } finally {
    await engine.dispose();
  }
});
