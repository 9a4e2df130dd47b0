import { availableParallelism } from "node:os";
import { invalid } from "@symbreak/core";
import { add, type BlockSize, findBlockSize, input, program, toOnnx } from "@symbreak/graph";
import type { Engine } from "../../engines/engine.ts";
import { hostedEngine } from "../../engines/onnxruntime/engine.ts";
import { createSession, type OnnxRuntime } from "../../engines/onnxruntime/runtime.ts";
import type { Candidate, EngineOptions } from "../../engines/select.ts";
import { dataParallelEngine } from "./data-parallel.ts";
import { startRemote } from "./remote.ts";

/** onnxruntime's native library: the CPU's engine by default. */
export const onnxruntimeNode: Candidate = {
  name: "onnxruntime-node",
  install: "install it with: npm install onnxruntime-node",
  open: openOnnxruntimeNode,
};

async function openOnnxruntimeNode({
  threads = availableParallelism(),
  workers,
  blocked = true,
  providers = ["cpu"],
}: EngineOptions): Promise<Engine> {
  const runtime = (await import("onnxruntime-node")) as unknown as OnnxRuntime & {
    env: { versions: { node?: string } };
    listSupportedBackends(): readonly { name: string }[];
  };
  const known = runtime.listSupportedBackends().map(({ name }) => name);
  const missing = providers.find((provider) => !known.includes(provider));
  if (missing !== undefined) {
    throw invalid(
      "onnxruntime-node",
      `providers must be among this build's, ${known.join(", ")}`,
      missing,
    );
  }
  await trial(runtime, providers);
  const onCpu = providers.every((provider) => provider === "cpu");
  const count = workers ?? (onCpu && threads > 1 ? 2 : 1);
  if (!Number.isInteger(count) || count < 1 || count > Math.max(threads, 1)) {
    throw invalid("onnxruntime-node", `workers must be a whole number in [1, ${threads}]`, count);
  }
  const each = Math.floor(threads / count);
  const blockSize = onCpu && blocked ? await probe(runtime, each) : undefined;
  const version = runtime.env.versions.node;
  const options = { name: "onnxruntime-node", version, threads, providers, blockSize } as const;
  const remotes = await Promise.all(
    Array.from({ length: count }, () => startRemote("onnxruntime-node")),
  );
  return count === 1 ? hostedEngine(remotes[0]!, options) : dataParallelEngine(remotes, options);
}

/** Throws where a provider's own library or device is missing, before anything long begins. */
async function trial(runtime: OnnxRuntime, providers: readonly string[]): Promise<void> {
  const x = input("x", [1]);
  const model = toOnnx(program({ y: add(x, x) }));
  try {
    const session = await createSession(runtime, model, { threads: 1, providers });
    await session.release();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`providers ${providers.join(", ")} do not start: ${reason}`, { cause: error });
  }
}

/** The block size of this machine's convolutions, found with the settings of training. */
function probe(runtime: OnnxRuntime, threads: number): Promise<BlockSize | undefined> {
  return findBlockSize(async (model, inputs) => {
    const session = await createSession(runtime, model, { threads, providers: ["cpu"] });
    const feeds = Object.entries(inputs).map(([name, { data, shape }]) => {
      return [name, new runtime.Tensor("float32", data, shape)];
    });
    const results = Object.entries(await session.run(Object.fromEntries(feeds)));
    await session.release();
    const values = results.map(async ([name, tensor]) => [name, await tensor.getData()]);
    return Object.fromEntries(await Promise.all(values));
  });
}
