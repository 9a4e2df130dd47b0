import { integer, oneOf } from "../parse.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb train <config>` */
export const train: Verb = defineVerb({
  args: {
    config: {
      type: "positional",
      required: false,
      description: "A config file (.ts, .js, .json), or the directory of a run to resume.",
    },
    set: {
      type: "string",
      description:
        "Set a key of the config, such as optimiser.rate=1e-3; may be given several times.",
    },
    out: { type: "string", description: "Directory of the run (default runs/<name>)." },
    engine: { type: "string", description: "The engine, and no other (ssb doctor lists them)." },
    provider: {
      type: "string",
      description: "Execution providers of onnxruntime, such as cuda,webgpu.",
    },
    threads: { type: "string", description: "CPU threads (default all)." },
    resume: { type: "boolean", description: "Only resume a run, do not begin one." },
    "dry-run": {
      type: "boolean",
      description: "Print the whole config, the size of the network, the engine and the steps.",
    },
    schema: { type: "boolean", description: "Print the JSON schema of config files." },
  },
  examples: [
    "ssb train configs/mnist-tiny.ts",
    "ssb train configs/mnist-tiny.ts --set steps=3000 --set data.classes=[1,8] --out runs/ones-eights",
    "ssb train runs/mnist-tiny --resume",
  ],
  run: async (args, argv) => {
    const { configJsonSchema, loadConfig } = await import("@symbreak/trainer/node");
    if (args.schema) {
      const schema = configJsonSchema();
      return {
        result: schema,
        text: `${JSON.stringify(schema, null, 2)}\n`,
        directory: null,
      };
    }
    if (args.config === undefined)
      throw new UsageError("train needs a config file or a run's directory (ssb train --help)");
    const { ENGINES, resolveConfig, withSettings } = await import("@symbreak/trainer");
    const engine = args.engine === undefined ? undefined : oneOf("--engine", args.engine, ENGINES);
    const threads = integer("--threads", args.threads, 1);
    const given = withSettings(await loadConfig(args.config), valuesOf("--set", argv));
    const config = resolveConfig(given);
    const { statSync } = await import("node:fs");
    const isRun = statSync(args.config).isDirectory();
    const { runTrain } = await import("../train/run-train.ts");
    return runTrain({
      config,
      engine,
      threads,
      providers: args.provider?.split(","),
      out: args.out ?? (isRun ? args.config : undefined),
      resume: args.resume === true,
      dryRun: args["dry-run"] === true,
    });
  },
});

/** Every value of an option that may be given several times. */
function valuesOf(option: string, argv: readonly string[]): string[] {
  return argv.flatMap((word, i) => {
    if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)];
    return argv[i - 1] === option ? [word] : [];
  });
}
