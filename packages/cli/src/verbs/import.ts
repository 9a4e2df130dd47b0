import { basename, join, resolve } from "node:path";
import { networkNotesJsonSchema } from "@symbreak/networks/node";
import { pipelineFiles } from "@symbreak/trainer";
import { readPipelineDirectory } from "@symbreak/trainer/node";
import { exported, exportedRows } from "../exported.ts";
import { reading } from "../networks.ts";
import { DATA_OPTIONS, grouped, loadOptions, OUT_OPTION, UNITS_OPTION } from "../options.ts";
import { textTable } from "../terminal/table.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb import <pipeline>` */
export const importNetwork: Verb = defineVerb({
  args: {
    pipeline: {
      type: "positional",
      required: false,
      description: "A directory of diffusers, with a UNet2DModel in safetensors.",
    },
    schema: {
      type: "boolean",
      description: "Print the JSON schema of the notes that lie beside a foreign ONNX file.",
    },
    ...grouped("Data", {
      data: {
        type: "string",
        description:
          "What it was trained on: its moments go into the file, and no verb asks again.",
      },
    }),
    ...DATA_OPTIONS,
    ...UNITS_OPTION,
    ...OUT_OPTION,
  },
  examples: [
    "ssb import ./ddpm-cifar10-32 --data cifar10",
    "ssb import ./ddpm-ema-celebahq-256 --out runs/faces",
    "ssb import --schema",
  ],
  run: async (args) => {
    if (args.schema) {
      const schema = networkNotesJsonSchema();
      return { result: schema, text: `${JSON.stringify(schema, null, 2)}\n` };
    }
    const { pipeline: directory, data, scale = "symmetric", out } = args;
    if (directory === undefined)
      throw new UsageError("import needs a directory, or --schema (ssb import --help)");
    const options = loadOptions(args);
    if (data === undefined && (Object.keys(options).length > 0 || args.scale !== undefined))
      throw new UsageError("options of the data need --data (ssb import --help)");
    const pipeline = await reading(directory, readPipelineDirectory(directory));
    const given = data === undefined ? undefined : { dataset: data, options, scale };
    const of = await exported(pipeline, "float32", given);
    const { onnx, ...known } = of;
    const run = out ?? join("runs", basename(resolve(directory)));
    return {
      result: { kind: "import", run, ...known },
      text: textTable([], [...exportedRows("model.onnx", of), ["run", run]], [0, 1]),
      directory: run,
      resultFile: "import.json",
      files: { ...pipelineFiles(pipeline), "model.onnx": onnx },
    };
  },
});
