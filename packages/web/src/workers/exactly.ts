import { type Remote, wrap } from "comlink";
import type { ExactWorker } from "./exact-worker.ts";

let worker: Remote<ExactWorker> | undefined;
let last = 0;

/** Asks the worker of exact laws; when `signal` says that nobody wants the answer any more, the work is called off. */
export async function exactly<Found>(
  signal: AbortSignal,
  ask: (worker: Remote<ExactWorker>, task: number) => Promise<Found>,
): Promise<Found> {
  worker ??= wrap<ExactWorker>(
    new Worker(new URL("./exact-worker.ts", import.meta.url), { type: "module" }),
  );
  const task = ++last;
  const stop = () => void worker!.stop(task);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await ask(worker, task);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
