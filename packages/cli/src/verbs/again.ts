import { readJson } from "@symbreak/files";
import { runOf } from "@symbreak/samplers";
import { openNamed, runtimeAsked } from "../networks.ts";
import { OUT_OPTION, WORKERS_OPTION } from "../options.ts";
import { integer } from "../parse.ts";
import { runSamples, type SampleRecord, samplesOutcome } from "../sampling/make-samples.ts";
import { gather } from "../sampling/materials.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb again <result.json>` */
export const again: Verb = defineVerb({
  args: {
    result: {
      type: "positional",
      required: true,
      description: "The result.json of ssb sample, or what its --json printed.",
    },
    ...WORKERS_OPTION,
    ...OUT_OPTION,
  },
  examples: ["ssb again runs/sample-mnist/result.json --out runs/the-same"],
  run: async ({ result, workers }) => {
    const record = recordOf(result, await readJson(result));
    const { materials, protocol } = record;
    const { runtime, name } = await runtimeAsked({
      workers: integer("--workers", workers, 1),
    });
    const { units } = materials;
    const bare = await openNamed(record.network, { runtime, units });
    const { network, weak, moments, start } = await gather(bare, materials, runtime);
    const { level, top } = protocol.start;
    const run = runOf(protocol, {
      network,
      ...(weak && { weak }),
      ...(moments && { moments }),
      ...(start && { start: start(top ? undefined : level) }),
    });
    return samplesOutcome(await runSamples(run), network, { ...record, runtime: name });
  },
});

function recordOf(file: string, read: unknown): SampleRecord {
  const { kind, protocol } = (read ?? {}) as Partial<SampleRecord>;
  if (kind === "sample" && typeof protocol === "object") return read as SampleRecord;
  throw new Error(`${file} is no result of ssb sample: it has no protocol of samples`);
}
