/** Runs onnxruntime in a worker thread, which its `run` blocks: answers the calls that remote.ts posts. */
import { parentPort, workerData } from "node:worker_threads";
import type { Compiled } from "../../engines/engine.ts";
import type { OnnxRuntime } from "../../engines/onnxruntime/runtime.ts";
import { compileStages } from "../../engines/onnxruntime/stages.ts";
import { abandon, average } from "./average.ts";
import type { Call, Reply } from "./remote.ts";

const runtime: OnnxRuntime = await import(workerData);
const compiled = new Map<number, Omit<Compiled, "description">>();

parentPort!.on("message", async ({ id, call }: { id: number; call: Call }) => {
  let reply: Reply;
  try {
    reply = { id, result: await answer(call) };
  } catch (error) {
    reply = { id, error };
  }
  parentPort!.postMessage(reply);
});

async function answer(call: Call): Promise<unknown> {
  if (call.method === "compile") {
    const { handle, stages, options, shared, rank } = call;
    const averaging = shared && {
      average: (name: string, values: Float32Array) => average(shared, rank, name, values),
    };
    const inner = await compileStages(runtime, stages, { ...options, ...averaging });
    const run: Compiled["run"] = async (feeds) => {
      try {
        return await inner.run(feeds);
      } catch (error) {
        if (shared) abandon(shared);
        throw error;
      }
    };
    compiled.set(handle, { ...inner, run });
    return undefined;
  }
  const target = compiled.get(call.handle)!;
  if (call.method === "load") return target.load(call.values);
  if (call.method === "run") return target.run(call.values);
  if (call.method === "read") return target.read();
  compiled.delete(call.handle);
  return target.dispose();
}
