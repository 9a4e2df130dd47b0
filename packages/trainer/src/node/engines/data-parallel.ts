import { defineEngine } from "../../engines/define-engine.ts";
import type { Compiled, Engine } from "../../engines/engine.ts";
import { describe, type OnnxEngineOptions } from "../../engines/onnxruntime/engine.ts";
import { stageOf } from "../../engines/onnxruntime/stage.ts";
import { shard } from "../../engines/sharding.ts";
import { createShared, isAbandoned } from "./average.ts";
import type { Remote } from "./remote.ts";

/**
 * Workers that each do a part of the batch with a part of the threads, and average their gradients: faster than one
 * session with all threads, since whole steps run side by side, and not operators one by one.
 *
 * All workers hold the whole state and update it with the same average, so that they stay equal to the last bit. A
 * program that comes without a sharded form runs on the first worker, with all the threads.
 */
export function dataParallelEngine(remotes: readonly Remote[], options: OnnxEngineOptions): Engine {
  const { name, threads, providers, blockSize } = options;
  const workers = remotes.length;
  const each = Math.floor(threads / workers);
  const together = describe({ ...options, threads: each, workers });
  return defineEngine({
    name,
    description: together,
    compile: async (program, { state, parallel }) => {
      const step = parallel?.(workers);
      if (!step) {
        const settings = { threads, providers, state };
        const alone = await remotes[0]!.compile([stageOf(program, blockSize)], settings);
        return { ...alone, description: describe(options) };
      }
      const { averaged, deal, join } = shard(program, step, workers);
      const stages = [stageOf(step.gradients, blockSize), stageOf(step.update, blockSize)];
      const shared = createShared(workers, averaged);
      const settings = { threads: each, providers, state };
      const parts = await Promise.all(
        remotes.map((remote, rank) => remote.compile(stages, settings, { shared, rank })),
      );
      const compiled: Compiled = {
        description: together,
        load: async (values) => void (await Promise.all(parts.map((part) => part.load(values)))),
        run: async (feeds) => {
          const dealt = deal(feeds);
          return join(await all(parts.map((part, k) => part.run(dealt[k]!))));
        },
        read: () => parts[0]!.read(),
        dispose: async () => void (await Promise.all(parts.map((part) => part.dispose()))),
      };
      return compiled;
    },
    dispose: async () => void (await Promise.all(remotes.map((remote) => remote.dispose()))),
  });
}

/** All results, or the first worker's own error: the others only say that one has failed. */
async function all<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  const reasons = settled.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
  if (reasons.length > 0) throw reasons.find((reason) => !isAbandoned(reason)) ?? reasons[0];
  return Promise.all(promises);
}
