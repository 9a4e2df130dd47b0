import { integer, oneOf } from "../parse.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb train <config>` */
export const train: Verb = defineVerb({
  args: {
    config: {
      type: "positional",
      required: false,
      description: "A config file (.ts, .js, .json), or the directory of a run to go on with",
    },
    set: {
      type: "string",
      description: "Set a key of the config: --set optimiser.rate=1e-3; any number of times",
    },
    out: { type: "string", description: "Directory of the run (default runs/<name>)" },
    engine: { type: "string", description: "Only this engine will do (ssb doctor lists them)" },
    provider: { type: "string", description: "onnxruntime's execution provider: cuda, webgpu, …" },
    threads: { type: "string", description: "CPU threads (default all)" },
    resume: { type: "boolean", description: "Only go on with a run, do not begin one" },
    "dry-run": {
      type: "boolean",
      description: "Print the whole config, the network's size, the engine and the steps",
    },
    schema: { type: "boolean", description: "Print the JSON schema of config files" },
  },
  examples: [
    "ssb train configs/mnist-tiny.ts",
    "ssb train configs/mnist-tiny.ts --set steps=3000 --set data.classes=[1,8] --out runs/ones-eights",
    "ssb train runs/mnist-tiny --resume",
  ],
  run: async (args, argv) => {
    const { configJsonSchema, loadConfig } = await import("@symbreak/trainer/node");
    if (args.schema) {
      process.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
      return;
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
    await runTrain({
      config,
      engine,
      threads,
      providers: args.provider?.split(","),
      out: args.out ?? (isRun ? args.config : undefined),
      resume: args.resume === true,
      dryRun: args["dry-run"] === true,
      json: args.json === true,
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
