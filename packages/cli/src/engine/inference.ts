import type { InferenceSession, TensorConstructor } from "onnxruntime-common";

/** A network that has been loaded, and what runs it. */
export interface Inference {
  readonly session: InferenceSession;
  readonly Tensor: TensorConstructor;
  /** "onnxruntime-node 1.30.0", or onnxruntime-web with the reason for it. */
  readonly runtime: string;
}

interface Runtime {
  readonly InferenceSession: { create(model: Uint8Array): Promise<InferenceSession> };
  readonly Tensor: TensorConstructor;
  readonly env: { readonly versions: Readonly<Record<string, string | undefined>> };
}

/** Opens an ONNX file's bytes with onnxruntime-node where it is installed, otherwise with onnxruntime-web. */
export async function openInference(model: Uint8Array): Promise<Inference> {
  let absent: string;
  try {
    return await opened(model, "node", (await import("onnxruntime-node")) as unknown as Runtime);
  } catch (error) {
    absent = firstLine(error);
  }
  try {
    const web = await opened(model, "web", (await import("onnxruntime-web")) as unknown as Runtime);
    return { ...web, runtime: `${web.runtime} (onnxruntime-node: ${absent})` };
  } catch (error) {
    throw new Error(
      `no runtime opened the network. onnxruntime-node: ${absent}; onnxruntime-web: ${firstLine(error)}. Install one: npm install onnxruntime-node`,
    );
  }
}

async function opened(
  model: Uint8Array,
  kind: "node" | "web",
  { InferenceSession, Tensor, env }: Runtime,
): Promise<Inference> {
  const session = await InferenceSession.create(model);
  const version = env.versions[kind] ?? "";
  return { session, Tensor, runtime: `onnxruntime-${kind} ${version}`.trim() };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
