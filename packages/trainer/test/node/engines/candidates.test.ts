import { describe, expect, test } from "vitest";
import { ENGINES, type Engine, type EngineOptions } from "../../../src/index.ts";
import { nodeEngines } from "../../../src/node/index.ts";
import { expectClose } from "../../support/close.ts";
import { interpreted } from "../../support/interpreted.ts";
import { STATE, tinyFeeds, tinyState, tinyStep } from "../../support/tiny-step.ts";

const BATCH = 8;
const { program, parallel } = tinyStep(BATCH);
const feeds = [0, 1, 2].map((step) => tinyFeeds(BATCH, step));
const wanted = interpreted(program, STATE, tinyState(), feeds);

const setups: (readonly [string, EngineOptions])[] = nodeEngines.flatMap(({ name }) => {
  const several: EngineOptions[] = [
    { workers: 1, blocked: false },
    { workers: 1 },
    { workers: 2, threads: 2 },
  ];
  return (name === "onnxruntime-node" ? several : [{}]).map((options) => [name, options] as const);
});

/** Only the natively built ones may be missing. */
const MAY_BE_ABSENT = ["tfjs-node-gpu", "tfjs-node"];

test("the engines of Node are all engines, best first", () => {
  expect(nodeEngines.map(({ name }) => name)).toEqual(ENGINES);
});

describe.each(setups)("%s with %o", (name, options) => {
  const candidate = nodeEngines.find((each) => each.name === name)!;

  test("trains as the interpreter does, and again the same after a reload", async (context) => {
    let engine: Engine;
    try {
      engine = await candidate.open(options);
    } catch (error) {
      if (!MAY_BE_ABSENT.includes(name)) throw error;
      return context.skip(`${(error as Error).message.split("\n", 1)[0]}`);
    }
    expect(engine.name).toBe(name);
    const step = await engine.compile(program, { state: STATE, parallel });
    await step.load(tinyState());
    expect(await step.read()).toEqual(tinyState());

    expectClose(await step.run(feeds[0]!), wanted.outputs[0]!);
    const saved = await step.read();
    const rest = [await step.run(feeds[1]!), await step.run(feeds[2]!)];
    for (const [i, outputs] of rest.entries()) expectClose(outputs, wanted.outputs[i + 1]!);
    const end = await step.read();
    expectClose(end, wanted.state);

    const resumed = await engine.compile(program, { state: STATE, parallel });
    await resumed.load(saved);
    expect([await resumed.run(feeds[1]!), await resumed.run(feeds[2]!)]).toEqual(rest);
    expect(await resumed.read()).toEqual(end);
    await engine.dispose();
  });
});
