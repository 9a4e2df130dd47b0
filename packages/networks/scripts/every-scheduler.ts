import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { torchNoise } from "@symbreak/core";
import { sample } from "@symbreak/samplers";
import { notesOfScheduler, type SchedulerConfig } from "../src/index.ts";
import { openNetwork } from "../src/node/index.ts";

/** What diffusers says of one of its classes with some settings. */
interface Given {
  readonly number: number;
  readonly className: string;
  readonly settings: SchedulerConfig;
  /** Whether it saved a pipeline with it. */
  readonly saved: boolean;
  readonly samples?: readonly number[];
  readonly initNoiseSigma?: number;
  /** The factor between the batch and what the network was shown of it at the first step. */
  readonly inputScale?: number;
  /** Why diffusers itself cannot sample with it. */
  readonly why?: string;
}

/** What becomes of a pipeline with one scheduler here. */
export interface SchedulerRow {
  readonly className: string;
  readonly settings: SchedulerConfig;
  /** Greatest difference of a pixel from diffusers' samples; null where the pipeline is refused. */
  readonly difference: number | null;
  /** Greatest magnitude of a pixel of diffusers' samples, null where it has none. */
  readonly largest: number | null;
  /** What the refusal says. */
  readonly refusal: string | null;
  /** Whether diffusers itself samples images with it. */
  readonly sampledThere: boolean;
}

/** Every row, and the version of diffusers. */
export interface SchedulerTable {
  readonly version: string;
  readonly steps: number;
  readonly rows: readonly SchedulerRow[];
}

/** A tiny pipeline with every scheduler class that the diffusers of `python` exports, saved below `directory`, and sampled. */
export async function everyScheduler(python: string, directory: string): Promise<SchedulerTable> {
  const script = fileURLToPath(new URL("./every-scheduler.py", import.meta.url));
  const { stdout } = await promisify(execFile)(python, [script, directory], {
    maxBuffer: 2 ** 28,
  });
  const { version, steps, count, rows } = JSON.parse(stdout) as {
    version: string;
    steps: number;
    count: number;
    rows: Given[];
  };
  const table: SchedulerRow[] = [];
  for (const given of rows) {
    const { className, settings } = given;
    const sampledThere = given.samples !== undefined;
    const largest = given.samples ? Math.max(...given.samples.map(Math.abs)) : null;
    const outcome = await outcomeOf(given, directory, steps, count);
    table.push({ className, settings, sampledThere, largest, ...outcome });
  }
  return { version, steps, rows: table };
}

async function outcomeOf(
  given: Given,
  directory: string,
  steps: number,
  count: number,
): Promise<Pick<SchedulerRow, "difference" | "refusal">> {
  // A class that wants arguments has no pipeline of its own: its name is put into another's.
  const at = join(directory, given.saved ? `${given.number}` : "1");
  const scheduler = given.saved ? {} : { scheduler: { _class_name: given.className } };
  try {
    const network = await openNetwork(at, scheduler);
    const { solver, grid } = network.defaults!;
    const [top] = grid!.levels(network.process, steps);
    const run = { network, solver: solver!, steps, count };
    const noise = torchNoise(0);
    const factor = startFactor(given, top!);
    const { samples } = await sample({
      ...run,
      noise(out, size, draw) {
        noise(out, size, draw);
        if (draw === 0) for (let i = 0; i < out.length; i++) out[i]! *= factor;
      },
    });
    const there = given.samples!;
    const apart = samples.map((value, i) => Math.abs(value - there[i]!));
    return { difference: Math.max(...apart), refusal: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { difference: null, refusal: error.message };
  }
}

/** diffusers' first batch against `noiseStart`'s: init_noise_sigma, in the coordinates of the level. */
function startFactor(
  { initNoiseSigma = 1, inputScale = 1 }: Given,
  { alpha, sigma }: { readonly alpha: number; readonly sigma: number },
): number {
  return alpha === 1 ? initNoiseSigma / sigma : initNoiseSigma * inputScale;
}

/** Whether pipelines with this class are sampled here at all. */
export function isSampled(className: string): boolean {
  try {
    notesOfScheduler({ _class_name: className }, { shape: [1] });
    return true;
  } catch {
    return false;
  }
}

/** The table as a page. */
export function schedulerPage({ version, steps, rows }: SchedulerTable): string {
  const lines = rows.map((row) => {
    const { className, settings, difference, largest, refusal, sampledThere } = row;
    const there = sampledThere ? "yes" : "no";
    const here = difference === null ? "refused" : difference.toExponential(0);
    const pixel = difference === null ? "" : `${Number(largest!.toPrecision(2))}`;
    const why = refusal?.includes("_class_name") === false ? refusal.replace(/^\w+: /, "") : "";
    return `| ${className} | ${settingsText(settings)} | ${there} | ${here} | ${pixel} | ${why} |`;
  });
  const sampled = rows.filter(({ difference }) => difference !== null);
  const worst = Math.max(...sampled.map(({ difference }) => difference!));
  return `# Every scheduler of diffusers

What becomes of a pipeline of diffusers ${version} here, for every scheduler class that it exports: \`openNetwork\` and \`sample\` with the
network's own solver give what diffusers gives from the same noise, or the pipeline is refused with the name of its class. A
small \`UNet2DModel\` that has learnt blobs for 400 batches of 16, one for each kind of prediction; ${steps} steps, two images,
torch's noise of seed 0. "There" is whether diffusers itself samples an image with the class by its usual loop; others want
further models, tokens or arguments. "Here" is the greatest difference of any pixel, absolutely, ${worst.toExponential(0)} at most; beside it the
greatest pixel of diffusers itself. Sampled: ${sampled.length} of ${rows.length} rows.

Made by \`node --conditions=source packages/networks/scripts/schedulers.ts\` with \`SYMBREAK_PYTHON\` naming a python that has
diffusers; \`every-scheduler.test.ts\` holds every row to 1e-4 of its greatest pixel, or to
1e-4 where that is below 1.

| class | settings | there | here | greatest pixel | why |
|---|---|---|---|---|---|
${lines.join("\n")}
`;
}

function settingsText(settings: SchedulerConfig): string {
  const entries = Object.entries(settings).map(([key, value]) =>
    Array.isArray(value) ? `${key} of ${value.length} numbers` : `${key} ${value}`,
  );
  return entries.join(", ");
}
