import type { Remote } from "comlink";
import type { ExactWorker } from "./exact-worker.ts";
import { type RemoteWorker, remoteOf } from "./remote.ts";

let worker: RemoteWorker<ExactWorker> | undefined;
let last = 0;

/** Asks the worker of exact laws; when `signal` says that nobody wants the answer any more, the work is called off. */
export async function exactly<Found>(
  signal: AbortSignal,
  ask: (worker: Remote<ExactWorker>, task: number) => Promise<Found>,
): Promise<Found> {
  worker ??= remoteOf<ExactWorker>(
    new Worker(new URL("./exact-worker.ts", import.meta.url), { type: "module" }),
  );
  const { api, answer } = worker;
  const task = ++last;
  const stop = () => void api.stop(task);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await answer(ask(api, task));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
