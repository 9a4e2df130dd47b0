import { grouped } from "../options.ts";
import { integer, oneOf } from "../parse.ts";
import { kubernetesScript } from "../submit/kubernetes-script.ts";
import { runScript } from "../submit/run-script.ts";
import { slurmScript } from "../submit/slurm-script.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb submit slurm|kubernetes -- <verb> …` */
export const submit: Verb = defineVerb({
  args: {
    scheduler: { type: "positional", required: true, description: "slurm or kubernetes." },
    ...grouped("Job", {
      name: { type: "string", default: "ssb", description: "Name of the job (default ssb)." },
      shards: { type: "string", default: "8", description: "Number of shards (default 8)." },
      concurrent: { type: "string", description: "Shards that run at once (default all)." },
      cpus: { type: "string", description: "Cores of each shard (default 1)." },
      memory: { type: "string", description: "Memory of each shard in MiB." },
      gpus: { type: "string", description: "GPUs of each shard (default 0)." },
      retries: {
        type: "string",
        description: "How often a failed shard is tried again (default 3).",
      },
      run: { type: "boolean", description: "Submit it at once, in place of printing the script." },
      ssb: {
        type: "string",
        default: "ssb",
        description: "The words that start ssb there, such as npx ssb (default ssb).",
      },
    }),
    ...grouped("Slurm", {
      partition: { type: "string", description: "The partition." },
      account: { type: "string", description: "The account." },
      time: { type: "string", description: "The longest that a shard may take, such as 02:00:00." },
    }),
    ...grouped("Kubernetes", {
      image: { type: "string", description: "The image, with ssb in it." },
      claim: { type: "string", description: "The claim of the volume that all shards share." },
      namespace: { type: "string", description: "The namespace (default default)." },
    }),
  },
  examples: [
    "ssb submit slurm --shards 16 --run -- sample zoo:mnist --count 100000 --out runs/many",
    "ssb submit slurm --shards 16 -- sample zoo:mnist --count 100000 --out runs/many > job.sh",
    "ssb submit slurm --shards 16 --gpus 1 -- compare zoo:mnist --samples 50000 --out runs/table > job.sh",
    "ssb submit kubernetes --image me/ssb --claim work -- sample model.onnx --count 9000 --out runs/x > job.sh",
  ],
  run: async (args, argv) => {
    const scheduler = oneOf("the scheduler", args.scheduler, ["slurm", "kubernetes"]);
    const words = argv.includes("--") ? argv.slice(argv.indexOf("--") + 1) : [];
    const directory = await sharedBy(words);
    const start = args.ssb.split(/\s+/);
    const count = (
      option: "concurrent" | "cpus" | "memory" | "gpus" | "retries",
      least: number,
    ) => {
      const value = integer(`--${option}`, args[option], least);
      return value === undefined ? {} : { [option]: value };
    };
    const job = {
      name: args.name,
      command: [...start, ...words],
      merge: [...start, "merge", directory],
      shards: integer("--shards", args.shards, 1),
      ...count("concurrent", 1),
      ...count("cpus", 1),
      ...count("memory", 1),
      ...count("gpus", 0),
      ...count("retries", 0),
    };
    const script = scheduler === "slurm" ? slurm(job, args) : kubernetes(job, args);
    if (args.run) await runScript(script);
    const text = args.run
      ? `Submitted: ${job.shards} shards and their merge, by ${scheduler}\n`
      : script;
    return { result: { kind: "submit", scheduler, job, script }, text };
  },
});

type Job = Parameters<typeof slurmScript>[0];
type Words = Readonly<Record<string, string | boolean | number | string[] | undefined>>;

function slurm(job: Job, args: Words): string {
  refuse(args, ["image", "claim", "namespace"], "slurm");
  return slurmScript(job, given(args, ["partition", "account", "time"]));
}

function kubernetes(job: Job, args: Words): string {
  refuse(args, ["partition", "account", "time"], "kubernetes");
  const { image, claim, namespace } = given(args, ["image", "claim", "namespace"]);
  if (image === undefined || claim === undefined)
    throw new UsageError("submit kubernetes needs --image and --claim (ssb submit --help)");
  return kubernetesScript(job, { image, claim, ...(namespace && { namespace }) });
}

function given(args: Words, options: readonly string[]): Record<string, string> {
  const entries = options.map((option) => [option, args[option]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function refuse(args: Words, options: readonly string[], scheduler: string): void {
  const wrong = options.find((option) => args[option] !== undefined);
  if (wrong !== undefined)
    throw new UsageError(`--${wrong} is not for ${scheduler} (ssb submit --help)`);
}

/** The directory that the shards of a command share. @throws UsageError for one that cannot be cut */
async function sharedBy([name = "", ...argv]: readonly string[]): Promise<string> {
  const { VERBS } = await import("./index.ts");
  const verb = Object.hasOwn(VERBS, name) ? await VERBS[name]!.load() : undefined;
  const out = outOf(argv);
  if (verb?.shards !== undefined && out !== undefined) return out + verb.shards;
  throw new UsageError(
    "submit needs a command that can be cut into shards behind --, with the directory that they share: -- sample <network> … --out <directory>; so can memorise, compare, clone, uturn, stats, distance and study",
  );
}

function outOf(words: readonly string[]): string | undefined {
  const joined = words.find((word) => word.startsWith("--out="));
  if (joined !== undefined) return joined.slice("--out=".length);
  const at = words.indexOf("--out");
  return at < 0 ? undefined : words[at + 1];
}
