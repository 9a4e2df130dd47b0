import { availableParallelism } from "node:os";
import { onnxruntimeWeb } from "../../engines/onnxruntime/web.ts";
import type { Candidate } from "../../engines/select.ts";
import { tfjsCpu, tfjsWasm } from "../../engines/tfjs/candidates.ts";
import { onnxruntimeNode } from "./onnxruntime-node.ts";
import { tfjsNode, tfjsNodeGpu } from "./tfjs-node.ts";

/** The engines that Node can have, best first: for `selectEngine` and `probeEngines`. */
export const nodeEngines: readonly Candidate[] = [
  tfjsNodeGpu,
  onnxruntimeNode,
  tfjsNode,
  {
    ...onnxruntimeWeb,
    open: (options) => onnxruntimeWeb.open({ threads: availableParallelism(), ...options }),
  },
  tfjsWasm,
  tfjsCpu,
];
