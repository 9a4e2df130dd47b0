import { checkKeys } from "@symbreak/core";
import type { OnnxRuntime } from "../runtime.ts";
import { sessionWorkers } from "./workers/session-workers.ts";

/** The onnxruntime that was found, and what to call it. */
export interface FoundRuntime {
  readonly runtime: OnnxRuntime;
  /** "onnxruntime-node 1.30.0", or onnxruntime-web with the reason for it. */
  readonly name: string;
}

/** How networks are run. */
export interface NodeRuntimeOptions {
  /** Processes that share the batches of onnxruntime-node among them. Default 1: this process, with a thread a core. */
  readonly workers?: number | undefined;
}

/**
 * onnxruntime-node where it is installed and starts, otherwise onnxruntime-web.
 *
 * @throws Error telling what to install, where neither is
 */
export async function nodeRuntime(options: NodeRuntimeOptions = {}): Promise<FoundRuntime> {
  checkKeys("nodeRuntime", options, ["workers"]);
  const { workers = 1 } = options;
  const shared = workers === 1 ? undefined : sessionWorkers({ workers });
  const absent: string[] = [];
  for (const kind of ["node", "web"] as const)
    try {
      const runtime = (await (kind === "node"
        ? import("onnxruntime-node")
        : import("onnxruntime-web"))) as unknown as OnnxRuntime;
      const name = `onnxruntime-${kind} ${runtime.env?.versions?.[kind] ?? ""}`.trim();
      if (kind === "node" && shared) return { runtime: shared, name };
      return { runtime, name: absent.length > 0 ? `${name} (${absent.join("; ")})` : name };
    } catch (error) {
      const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
      absent.push(`onnxruntime-${kind}: ${line}`);
    }
  throw new Error(
    `no runtime opens networks here. ${absent.join("; ")}. Install one: npm install onnxruntime-node`,
  );
}
