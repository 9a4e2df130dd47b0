import type { OnnxRuntime } from "../runtime.ts";

/** The onnxruntime that was found, and what to call it. */
export interface FoundRuntime {
  readonly runtime: OnnxRuntime;
  /** "onnxruntime-node 1.30.0", or onnxruntime-web with the reason for it. */
  readonly name: string;
}

/**
 * onnxruntime-node where it is installed and starts, otherwise onnxruntime-web.
 *
 * @throws Error telling what to install, where neither is
 */
export async function nodeRuntime(): Promise<FoundRuntime> {
  const absent: string[] = [];
  for (const kind of ["node", "web"] as const)
    try {
      const runtime = (await (kind === "node"
        ? import("onnxruntime-node")
        : import("onnxruntime-web"))) as unknown as OnnxRuntime;
      const name = `onnxruntime-${kind} ${runtime.env?.versions?.[kind] ?? ""}`.trim();
      return { runtime, name: absent.length > 0 ? `${name} (${absent.join("; ")})` : name };
    } catch (error) {
      const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
      absent.push(`onnxruntime-${kind}: ${line}`);
    }
  throw new Error(
    `no runtime opens networks here. ${absent.join("; ")}. Install one: npm install onnxruntime-node`,
  );
}
