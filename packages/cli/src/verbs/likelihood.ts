import { likelihoods } from "@symbreak/analysis";
import { describeUnits, type Moments, sliceSamples } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import type { Condition, LikelihoodError } from "@symbreak/samplers";
import { openAsked } from "../networks.ts";
import { askedOf, classesOf, grouped, OUT_OPTION, SUBJECT_OPTIONS } from "../options.ts";
import { integer, oneOf } from "../parse.ts";
import { directoryOf, nameOf } from "../publish.ts";
import { partsDirectory, partsOf } from "../shards/cut.ts";
import { openSubject } from "../subject.ts";
import { told } from "../terminal/experiment-progress.ts";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

const PARTS = ["integration", "divergence", "prior", "truncation", "total"] as const;

/** `ssb likelihood <network>` */
export const likelihood: Verb = defineVerb({
  args: {
    ...SUBJECT_OPTIONS,
    ...grouped("Likelihood", {
      count: {
        type: "string",
        default: "8",
        description: "Samples of the data, held-out ones where there are any (default 8).",
      },
      probes: {
        type: "string",
        description:
          "Random directions of the divergence, or exact (default 4; exact up to 16 numbers).",
      },
      prior: {
        type: "string",
        default: "noise",
        description: "At the noisy end: noise (default), or gaussian, with the network's moments.",
      },
      class: {
        type: "string",
        description: "Classes that are dealt to the samples: 3, 0,1,2, or all.",
      },
      seed: { type: "string", default: "0", description: "Seed of the directions (default 0)." },
    }),
    ...OUT_OPTION,
  },
  examples: [
    "ssb likelihood zoo:mnist",
    "ssb likelihood runs/mine --data ./images --count 32 --probes 16 --json",
  ],
  shards: "",
  run: async (args, _, cut) => {
    const count = integer("--count", args.count, 1);
    const seed = integer("--seed", args.seed, 0);
    const prior = oneOf("--prior", args.prior, ["noise", "gaussian"]);
    const probes =
      args.probes === "exact" ? ("exact" as const) : integer("--probes", args.probes, 1);
    const { network, runtime, data, heldOut } = await openSubject(askedOf(args));
    const set = heldOut ?? data;
    const some = sliceSamples(set, 0, Math.min(count, set.count));
    const { process: forward, classes } = network;
    const moments = prior === "gaussian" ? await momentsOf(args) : undefined;
    const condition: Condition | undefined =
      args.class === undefined
        ? undefined
        : { classes: classesOf(args.class, classes?.count ?? 1) };
    const isBytes = some.values instanceof Uint8Array;
    // Of pixels the bits are those of the image: a grey level is one unit of the bytes.
    const binWidth = isBytes ? Math.abs(set.units.a[0]!) : 1;
    const name = `likelihood-${nameOf(args.network)}`;
    const parts = await partsOf(cut, directoryOf(args, name));
    const { progress, end } = told("likelihood", partsDirectory(cut, directoryOf(args, name)));
    const effort = {
      ...{ seed, binWidth, ...(moments && { moments }), ...(condition && { condition }) },
      ...(probes !== undefined && { probes }),
    };
    const found = await likelihoods(network, some, effort, {
      progress,
      ...parts,
    });
    end();
    const error = Object.fromEntries(
      PARTS.map((part) => [part, Array.from(found.error[part], finite)]),
    ) as Readonly<Record<keyof LikelihoodError, (number | null)[]>>;
    const rows = Array.from(found.nats, (nats, i) => [
      String(i),
      nats.toFixed(3),
      found.bitsPerDim[i]!.toFixed(4),
      ...PARTS.map((part) => finite(found.error[part][i]!)?.toPrecision(2) ?? "–"),
    ]);
    return {
      result: {
        kind: "likelihood",
        ...{
          network: args.network,
          runtime,
          data: describe(some),
          units: describeUnits(set.units),
        },
        nats: Array.from(found.nats),
        bitsPerDim: Array.from(found.bitsPerDim),
        ...{ error, nfe: found.nfe, binWidth, prior, count: some.count, seed },
        protocol: {
          network: { name: network.name, digest: network.digest, process: forward.spec },
          ...{ from: forward.level(forward.tMin), to: forward.level(forward.tMax) },
          ...{ probes: probes ?? null, condition: condition ?? null, binWidth, prior, seed },
        },
      },
      text: [
        `${describe(some)}; ${describeUnits(set.units)}`,
        `on ${runtime}; ${found.nfe.toFixed(0)} network calls a sample; prior: ${prior}\n`,
        textTable(
          ["sample", "nats", "bits per dimension", ...PARTS.map((part) => `± ${part}`)],
          rows,
        ),
        ...(probes === 1
          ? ["Of one direction the error of the divergence is not known: --probes 2 or more.\n"]
          : []),
      ].join("\n"),
      name,
    };
  },
});

/** The network's own moments, or those of the data that were named. */
async function momentsOf(args: Parameters<typeof askedOf>[0]): Promise<Moments> {
  const asked = askedOf(args);
  const { network } = await openAsked(asked);
  if (network.moments !== undefined) return network.moments;
  const { dataMoments } = await import("@symbreak/analysis");
  return dataMoments((await openSubject(asked)).data);
}

/** Of a single probe there is no error of the divergence. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
