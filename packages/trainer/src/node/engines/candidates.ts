import { availableParallelism } from "node:os";
import { onnxruntimeWeb } from "../../engines/onnxruntime/web.ts";
import type { Candidate } from "../../engines/select.ts";
import { onnxruntimeNode } from "./onnxruntime-node.ts";

/** The engines that Node can have, best first: for `selectEngine` and `probeEngines`. */
export const nodeEngines: readonly Candidate[] = [
  onnxruntimeNode,
  {
    ...onnxruntimeWeb,
    open: (options) => onnxruntimeWeb.open({ threads: availableParallelism(), ...options }),
  },
];
