import { expect, test } from "vitest";
import { onnxruntimeNode } from "../../../src/node/engines/onnxruntime-node.ts";

test("the description says what really runs", async () => {
  const engine = await onnxruntimeNode.open({ threads: 4, workers: 2, blocked: false });
  expect(engine.description).toMatch(
    /^onnxruntime-node 1\.\d+\.\d+, cpu, 2 workers with 2 threads each, public operators$/,
  );
  await engine.dispose();
});

test("a provider that this build does not know is an error that lists those it does", async () => {
  await expect(onnxruntimeNode.open({ providers: ["nonsense"] })).rejects.toThrow(
    /providers must be among this build's, cpu, .*, got "nonsense"/,
  );
});

test("a provider whose library is not installed is an error, and never the CPU instead", async () => {
  const { listSupportedBackends } = await import("onnxruntime-node");
  const absent = listSupportedBackends().find(({ name, bundled }) => name === "cuda" && !bundled);
  // Where CUDA's libraries are installed, there is nothing to be missing.
  if (!absent) return;
  await expect(onnxruntimeNode.open({ providers: ["cuda"] })).rejects.toThrow(
    "providers cuda do not start",
  );
});

test("more workers than threads are refused", async () => {
  await expect(onnxruntimeNode.open({ threads: 2, workers: 3 })).rejects.toThrow(
    "workers must be a whole number in [1, 2], got 3",
  );
});
