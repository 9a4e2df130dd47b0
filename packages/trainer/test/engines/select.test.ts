import { expect, test } from "vitest";
import {
  type Candidate,
  type Engine,
  type EngineName,
  probeEngines,
  selectEngine,
} from "../../src/index.ts";

const disposed: string[] = [];

function candidate(name: EngineName, failure?: string): Candidate {
  const install = `install it with: npm install ${name}`;
  const engine: Engine = {
    name,
    description: `${name} on a test`,
    compile: () => Promise.reject(new Error("not here")),
    dispose: async () => void disposed.push(name),
  };
  const open = (): Promise<Engine> =>
    failure === undefined ? Promise.resolve(engine) : Promise.reject(new Error(failure));
  return { name, install, open };
}

const candidates = [
  candidate("tfjs-node-gpu", "no GPU\nand more"),
  candidate("onnxruntime-node"),
  candidate("tfjs-cpu"),
];

test("the first available engine is taken, and the log says what was passed over and why", async () => {
  const lines: string[] = [];
  const engine = await selectEngine(candidates, { log: (line) => lines.push(line) });
  expect(engine.name).toBe("onnxruntime-node");
  expect(lines).toEqual([
    "engine: without tfjs-node-gpu: no GPU",
    "engine: onnxruntime-node on a test",
  ]);
});

test("a forced engine is taken though better ones are there", async () => {
  expect((await selectEngine(candidates, { engine: "tfjs-cpu" })).name).toBe("tfjs-cpu");
});

test("a forced engine that is not available is an error with reason and remedy", async () => {
  await expect(selectEngine(candidates, { engine: "tfjs-node-gpu" })).rejects.toThrow(
    "tfjs-node-gpu: no GPU; install it with: npm install tfjs-node-gpu",
  );
});

test("an engine that is not among the candidates is an error that lists them", async () => {
  await expect(selectEngine(candidates, { engine: "tfjs-wasm" })).rejects.toThrow(
    'selectEngine: engine must be one of tfjs-node-gpu, onnxruntime-node, tfjs-cpu, got "tfjs-wasm"',
  );
});

test("the probe reports every engine and leaves none open", async () => {
  disposed.length = 0;
  expect(await probeEngines(candidates)).toEqual([
    {
      name: "tfjs-node-gpu",
      available: false,
      reason: "no GPU",
      install: "install it with: npm install tfjs-node-gpu",
    },
    { name: "onnxruntime-node", available: true, description: "onnxruntime-node on a test" },
    { name: "tfjs-cpu", available: true, description: "tfjs-cpu on a test" },
  ]);
  expect(disposed).toEqual(["onnxruntime-node", "tfjs-cpu"]);
});
