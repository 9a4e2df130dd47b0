import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inUnits } from "@symbreak/core";
import { DatasetError, type LoadOptions, loadDataset } from "../src/index.ts";

/** A layout that was written by the tool that writes it, and what must be read of it. */
interface Given {
  readonly group: string;
  readonly layout: string;
  readonly path: string;
  readonly options: LoadOptions;
  readonly found: {
    readonly count: number;
    readonly shape: number[];
    readonly values: number[];
  } | null;
  readonly labels: readonly number[] | null;
  readonly names: readonly string[] | null;
  /** A pattern of the refusal. */
  readonly refused: string | null;
  /** A pattern of a note. */
  readonly says: string | null;
  readonly ignored: Readonly<Record<string, number>> | null;
  /** How far a value may be from the tool's own. */
  readonly tolerance: number;
}

/** What becomes of a layout here. */
interface LayoutRow extends Pick<Given, "group" | "layout"> {
  /** What was read, in words; null where it is refused. */
  readonly read: string | null;
  /** What was said of it: notes and what was left out, or the refusal. */
  readonly said: string;
  /** What differs from what the tool that wrote it says; empty where nothing does. */
  readonly wrong: readonly string[];
}

/** Every row, and the versions of the tools. */
export interface LayoutTable {
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly LayoutRow[];
}

/** Every layout, written below `directory` by the libraries of `python`, and read. */
export async function everyLayout(python: string, directory: string): Promise<LayoutTable> {
  const script = fileURLToPath(new URL("./every-layout.py", import.meta.url));
  const { stdout } = await promisify(execFile)(python, [script, directory], { maxBuffer: 2 ** 28 });
  const { versions, rows } = JSON.parse(stdout) as {
    versions: Record<string, string>;
    rows: Given[];
  };
  const table: LayoutRow[] = [];
  for (const given of rows) table.push(await rowOf(given, directory));
  return { versions, rows: table };
}

async function rowOf(given: Given, directory: string): Promise<LayoutRow> {
  const { group, layout, path, options, refused } = given;
  const told = (text: string) => text.replaceAll(`${directory}/`, "");
  try {
    const set = await loadDataset(join(directory, path), options);
    const { count, shape, classNames, labels, ignored, damaged, notes } = set;
    const left = Object.entries(ignored).map(([kind, n]) => `ignored: ${n} × ${kind}`);
    const classes = labels && ` of ${new Set(labels).size} classes`;
    const said = told([...left, ...notes, ...damaged].join("; "));
    const wrong: string[] = [];
    const same = (what: string, found: unknown, wanted: unknown) => {
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        wrong.push(`${what}: ${JSON.stringify(wanted)} wanted, ${JSON.stringify(found)} found`);
    };
    if (refused !== null) wrong.push(`a refusal that says ${refused} wanted`);
    else {
      const { found, tolerance } = given;
      same("count", count, found!.count);
      same("shape", shape, found!.shape);
      const values = set.values instanceof Uint8Array ? set.values : inUnits(set);
      const apart = found!.values.map((value, i) => Math.abs(value - (values[i] ?? Number.NaN)));
      const worst = Math.max(...apart);
      if (!(worst <= tolerance + 1e-6)) wrong.push(`values: ${worst} from the tool's`);
      same("labels", labels ? [...labels] : null, given.labels);
      if (given.names !== null) same("class names", classNames ?? null, given.names);
      if (given.ignored !== null) same("ignored", sorted(ignored), sorted(given.ignored));
      if (given.says !== null && !new RegExp(given.says).test(said))
        wrong.push(`a note that says ${given.says} wanted, found ${said}`);
    }
    const kind = set.values instanceof Uint8Array ? "bytes" : "floats";
    return {
      group,
      layout,
      read: `${count} × ${shape.join("×")} ${kind}${classes ?? ""}`,
      said,
      wrong,
    };
  } catch (error) {
    if (!(error instanceof DatasetError || error instanceof RangeError)) throw error;
    const said = told(error.message);
    // The name of the file says nothing of what is wrong with it.
    const why = said.replaceAll(path, "");
    const expected = refused !== null && new RegExp(refused, "i").test(why);
    return { group, layout, read: null, said, wrong: expected ? [] : [said] };
  }
}

function sorted(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The table as a page. */
export function layoutPage({ versions, rows }: LayoutTable): string {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("*", "\\*");
  const sections = groups.map((group) => {
    const lines = rows
      .filter((row) => row.group === group)
      .map(({ layout, read, said }) => `| ${layout} | ${read ?? "refused"} | ${cell(said)} |`);
    return `## ${group}\n\n| layout | read as | said |\n|---|---|---|\n${lines.join("\n")}\n`;
  });
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `# Data as people have them

\`loadDataset\`, and so \`--data\` of every verb and \`ssb data info\`, takes a file or a folder in any of the layouts below: each is read as
it is, or refused with what to do instead, and what was left out or changed is said in one line (in \`--json\` as \`ignored\`, \`damaged\`, \`notes\`).

- **Splits.** \`--split\` names one of them: train (the default where there are splits), test, validation, or any other name of the set.
  Spellings of one split are one ("val", "valid_set", "Validation"). Folders are splits where two of them stand for two different ones;
  else they are classes.
- **Classes.** A folder, a string, a truth or any integer is a class; \`--classes\` takes their names or their numbers. Real numbers,
  several labels a sample, and labels that are missing for some are left out.
- **Units.** Pixels are bytes: 8-bit images, integers of 0 to 255, k/255 and k/127.5 − 1. Other floats are read as they are (latents,
  features, points); other integers, and floats that are pixels after all, need \`--range lo,hi\`.
- **Axes.** Channels are the axis of 1 or 3; \`--layout\` decides where that is not plain. Floats that are no pixels have channels second.

Every row is a file written by its own tool (${tools.join(", ")}) and read here; \`every-layout.test.ts\` compares shape, values, labels and
names of classes with what the tool says. Images there have 5×4 pixels unless said otherwise. Made by
\`node --conditions=source packages/datasets/scripts/layouts.ts\`, with \`SYMBREAK_PYTHON\` naming a python that has the tools.

${sections.join("\n")}`;
}
