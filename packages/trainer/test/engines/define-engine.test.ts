import { add, input, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { defineEngine } from "../../src/engines/define-engine.ts";
import type { Compiled, Engine } from "../../src/index.ts";

const sum = program({ next: add(input("total", [2]), input("x", [2])) });
const state = { next: "total" };

function engine(log: string[] = []): Engine {
  const compiled: Compiled = {
    description: "nothing",
    load: async () => {},
    run: async () => ({}),
    read: async () => ({}),
    dispose: async () => void log.push("compiled"),
  };
  return defineEngine({
    name: "tfjs-cpu",
    description: "nothing",
    compile: async () => compiled,
    dispose: async () => void log.push("engine"),
  });
}

test("state must map outputs to inputs of the same shape", async () => {
  const wrong = program({ next: input("total", [2]), other: input("x", [3]) });
  await expect(engine().compile(wrong, { state: { other: "total" } })).rejects.toThrow(
    'compile: state must map an output of the program to an input of the same shape and type, got { other: "float32 [3]", total: "float32 [2]" }',
  );
  await expect(engine().compile(wrong, { state: { none: "total" } })).rejects.toThrow("missing");
});

test("values must have the inputs' names, types and lengths", async () => {
  const compiled = await engine().compile(sum, { state });
  const two = new Float32Array(2);
  await expect(compiled.load({ total: new Float32Array(3) })).rejects.toThrow(
    'load: "total" must be a Float32Array of 2 values, [2], got "Float32Array of 3"',
  );
  await compiled.load({ total: two });
  await expect(compiled.run({})).rejects.toThrow('run: "x" must be');
  await expect(compiled.run({ x: new Int32Array(2) })).rejects.toThrow('got "Int32Array of 2"');
  await expect(compiled.run({ x: two, y: two })).rejects.toThrow('names must be among x, got "y"');
});

test("nothing runs before the state is loaded", async () => {
  const compiled = await engine().compile(sum, { state });
  await expect(compiled.run({ x: new Float32Array(2) })).rejects.toThrow("must be loaded first");
  await expect(compiled.read()).rejects.toThrow("must be loaded first");
});

test("an engine disposes what it compiled, once", async () => {
  const log: string[] = [];
  const one = engine(log);
  const first = await one.compile(sum, { state });
  await one.compile(sum, { state });
  await first.dispose();
  await first.dispose();
  await one.dispose();
  expect(log).toEqual(["compiled", "compiled", "engine"]);
});
