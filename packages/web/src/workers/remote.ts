import { type Remote, wrap } from "comlink";

/** A worker's functions, and what is said when its code cannot be had or breaks. */
export interface RemoteWorker<Api> {
  readonly api: Remote<Api>;
  /** The answer of the worker, or an error where there will never be one. */
  answer<Found>(asked: Promise<Found>): Promise<Found>;
  /** Gives the worker up, with all that it holds. */
  end(): void;
}

/** The functions of a worker that has just been started. */
export function remoteOf<Api>(worker: Worker): RemoteWorker<Api> {
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener("error", ({ message }) => {
      reject(
        new Error(message || "A part of this page could not be fetched. Is there a connection?"),
      );
    });
  });
  // Whoever asks is told; that nobody has asked yet is no fault.
  broken.catch(() => {});
  return {
    api: wrap<Api>(worker),
    answer: (asked) => Promise.race([asked, broken]),
    end: () => worker.terminate(),
  };
}
