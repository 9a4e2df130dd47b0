import { join } from "node:path";
import { writeAtomically } from "@symbreak/files";
import { readRunDirectory } from "@symbreak/trainer/node";
import { exported, exportedRows } from "../exported.ts";
import { reading } from "../networks.ts";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb export <directory>` */
export const exportNetwork: Verb = defineVerb({
  args: {
    directory: {
      type: "positional",
      required: true,
      description: "A run of ssb train, or a directory of diffusers.",
    },
    onnx: { type: "string", description: "The file to write (default <directory>/model.onnx)." },
    fp16: { type: "boolean", description: "Store the weights in half precision: half the file." },
  },
  examples: ["ssb export runs/mnist-tiny", "ssb export ./ddpm-cifar10-32 --onnx ddpm.onnx --fp16"],
  run: async ({ directory, onnx: file = join(directory, "model.onnx"), fp16 }) => {
    const network = await reading(directory, readRunDirectory(directory));
    const of = await exported(network, fp16 ? "float16" : "float32", undefined);
    const { onnx, ...known } = of;
    await writeAtomically(file, onnx);
    return {
      result: { kind: "export", file, ...known },
      text: textTable([], exportedRows(file, of), [0, 1]),
    };
  },
});
