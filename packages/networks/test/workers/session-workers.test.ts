import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ddim, sample } from "@symbreak/samplers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNetwork, sessionWorkers } from "../../src/node/index.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "workers-"));
});
afterAll(() => rm(directory, { recursive: true }));

describe("a network in several processes", () => {
  const run = { solver: ddim({ eta: 1 }), steps: 3, count: 21, seed: 5 };

  test("makes the very samples that one process makes, in any number of them and in any batch", async () => {
    const { samples } = await sample({ network: await openNetwork("zoo:mnist"), ...run });
    expect(samples.every(Number.isFinite)).toBe(true);
    for (const [workers, batch] of [
      [2, 64],
      [3, 5],
    ] as const) {
      const network = await openNetwork("zoo:mnist", { workers });
      expect((await sample({ network, ...run, batch })).samples).toEqual(samples);
    }
  });

  test("refuses what is no number of processes, and two runtimes", async () => {
    await expect(openNetwork("zoo:mnist", { workers: 0 })).rejects.toThrow("at least 1");
    await expect(openNetwork("zoo:mnist", { workers: 1.5 })).rejects.toThrow("at least 1");
    const runtime = sessionWorkers({ workers: 2 });
    await expect(openNetwork("zoo:mnist", { workers: 2, runtime })).rejects.toThrow("both");
  });

  test("says what onnxruntime says of a file that is none", async () => {
    const options = { workers: 2, notes: undefined };
    await expect(openNetwork(new Uint8Array([1, 2, 3]), options)).rejects.toThrow("ONNX model");
    const { InferenceSession } = sessionWorkers({ workers: 2 });
    await expect(InferenceSession.create(new Uint8Array([1, 2, 3]))).rejects.toThrow("protobuf");
  });
});

describe("a worker that fails", () => {
  let count = 0;

  /** A session of two workers that fail so, and what was told of them. */
  async function failing(fails: "die" | "hang" | "nan", always = false) {
    const told: string[] = [];
    const { InferenceSession, Tensor } = sessionWorkers({
      workers: 2,
      tell: (message) => told.push(message),
      script: new URL("./failing-worker.mjs", import.meta.url),
      patience: { first: 5000, least: 300 },
    });
    const model = { fails, always, marker: join(directory, `marker-${count++}`) };
    const session = await InferenceSession.create(new TextEncoder().encode(JSON.stringify(model)));
    const ask = async (value: number) => {
      const x = new Tensor("float32", Float32Array.of(value), [1]);
      return (await session.run({ x })).y!.data;
    };
    return { ask, told };
  }

  test.each([
    ["die", "ended with signal SIGKILL"],
    ["hang", "did not answer within 5 s"],
    ["nan", "returned values that are not finite"],
  ] as const)("once (%s) is named, and nothing is lost", async (fails, said) => {
    const { ask, told } = await failing(fails);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(ask));
    expect(answers).toEqual([2, 4, 6, 8, 10].map((value) => Float32Array.of(value)));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`^worker [12] \\(process \\d+\\) ${said}`));
  });

  test("always (die) is an error that names both, and the next question is asked all the same", async () => {
    const { ask } = await failing("die", true);
    const wanted = /failed twice: worker \d \(process \d+\) ended with signal SIGKILL; worker/;
    await expect(ask(1)).rejects.toThrow(wanted);
    await expect(ask(1)).rejects.toThrow(wanted);
  });

  test("always (nan) is the network's own answer, told once", async () => {
    const { ask, told } = await failing("nan", true);
    expect(await ask(1)).toEqual(Float32Array.of(Number.NaN));
    expect(told).toHaveLength(1);
  });
});
