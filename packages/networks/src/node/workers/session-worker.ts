/** Sessions of onnxruntime-node in a process of their own: answers the calls of remote-sessions.ts. */
import type { OnnxRuntime } from "../../runtime.ts";
import type { Call, Reply } from "./remote-sessions.ts";

// Ctrl-C and a batch system's signals reach the whole group: the process that asks decides, and its end is ours.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => process.exit());

const { InferenceSession, Tensor } = (await import("onnxruntime-node")) as unknown as OnnxRuntime;
const sessions = new Map<number, Awaited<ReturnType<typeof InferenceSession.create>>>();

process.on("message", async ({ id, ...call }: Call) => {
  const reply = await answer(call).catch((error: unknown) => ({
    refused: error instanceof Error ? error.message : String(error),
  }));
  process.send!({ id, ...reply } satisfies Reply);
});

async function answer(call: Omit<Call, "id">): Promise<Omit<Reply, "id">> {
  if (call.open !== undefined) {
    const session = await InferenceSession.create(call.open.model, call.open.options);
    sessions.set(call.session, session);
    const { inputNames, outputNames, inputMetadata } = session;
    return { answer: { inputNames, outputNames, inputMetadata } };
  }
  const feeds = Object.entries(call.run!).map(([name, { type, data, dims }]) => [
    name,
    // The constructor is typed by pairs of an element type and its array, which came together.
    new Tensor(type as "float32", data as Float32Array, dims),
  ]);
  const outputs = Object.entries(await sessions.get(call.session)!.run(Object.fromEntries(feeds)));
  return {
    answer: Object.fromEntries(outputs.map(([name, { data, dims }]) => [name, { data, dims }])),
  };
}
