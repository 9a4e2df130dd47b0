import { Worker } from "node:worker_threads";
import type { Compiled, ValuesByName } from "../../engines/engine.ts";
import type { Host } from "../../engines/onnxruntime/engine.ts";
import type { Stage, StagesOptions } from "../../engines/onnxruntime/stages.ts";
import { abandon, type Shared } from "./average.ts";

/** What the worker is asked to do. */
export type Call = { readonly handle: number } & (
  | {
      readonly method: "compile";
      readonly stages: readonly Stage[];
      readonly options: Omit<StagesOptions, "average">;
      readonly shared: Shared | undefined;
      readonly rank: number;
    }
  | { readonly method: "load" | "run"; readonly values: ValuesByName }
  | { readonly method: "read" | "dispose" }
);

export type Reply = { readonly id: number } & (
  | { readonly result: unknown }
  | { readonly error: unknown }
);

/** One of several data-parallel workers. */
interface Membership {
  readonly shared: Shared;
  readonly rank: number;
}

/** A host in a worker thread. */
export interface Remote extends Host {
  compile(
    stages: readonly Stage[],
    options: Omit<StagesOptions, "average">,
    member?: Membership,
  ): Promise<Omit<Compiled, "description">>;
}

/** Starts a worker thread and loads the runtime, `onnxruntime-node` or `onnxruntime-web`, in it. */
export async function startRemote(runtime: string): Promise<Remote> {
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  const worker = new Worker(new URL(file, import.meta.url), { workerData: runtime });
  const waiting = new Map<number, (reply: Reply) => void>();
  const memberships = new Set<Shared>();
  let calls = 0;
  let handles = 0;
  let failure: unknown;

  const fail = (error: unknown): void => {
    failure ??= error;
    for (const shared of memberships) abandon(shared);
    for (const [id, settle] of waiting) settle({ id, error: failure });
    waiting.clear();
  };
  worker.on("message", (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error(`the worker of ${runtime} has ended`)));

  const ask = (call: Call): Promise<unknown> => {
    if (failure !== undefined) return Promise.reject(failure);
    const id = calls++;
    worker.ref();
    worker.postMessage({ id, call });
    return new Promise((resolve, reject) => {
      waiting.set(id, (reply) => ("error" in reply ? reject(reply.error) : resolve(reply.result)));
    });
  };

  return {
    compile: async (stages, options, member) => {
      const handle = handles++;
      if (member) memberships.add(member.shared);
      const rank = member?.rank ?? 0;
      await ask({ method: "compile", handle, stages, options, shared: member?.shared, rank });
      return {
        load: async (values) => void (await ask({ method: "load", handle, values })),
        run: (values) => ask({ method: "run", handle, values }) as ReturnType<Compiled["run"]>,
        read: () => ask({ method: "read", handle }) as ReturnType<Compiled["read"]>,
        dispose: async () => {
          if (member) memberships.delete(member.shared);
          if (failure === undefined) await ask({ method: "dispose", handle });
        },
      };
    },
    dispose: async () => void (await worker.terminate()),
  };
}
