import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { oneOf } from "../parse.ts";
import { textTable } from "../terminal/table.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb data list|info|fetch` */
export const data: Verb = defineVerb({
  args: {
    action: { type: "positional", required: true, description: "list, info or fetch" },
    dataset: {
      type: "positional",
      required: false,
      description: "A name from the list; for info also a file or folder",
    },
    ...DATA_OPTIONS,
  },
  examples: ["ssb data list", "ssb data info mnist --classes 1,8", "ssb data fetch fashion-mnist"],
  run: async (args) => {
    const action = oneOf("the action", args.action, ["list", "info", "fetch"]);
    const show = (result: object, text: string) =>
      process.stdout.write(args.json ? `${JSON.stringify(result, null, 2)}\n` : text);
    const { describe, classCounts, fetchDataset, listDatasets, loadDataset } = await import(
      "@symbreak/datasets"
    );
    if (action === "list") {
      const datasets = listDatasets();
      const rows = datasets.map(({ name, images, found, source }) => [
        name,
        images,
        found ?? `not here: ${source}`,
      ]);
      show({ datasets }, textTable(["name", "images", "found in"], rows, [0, 1, 2]));
      return;
    }
    const { dataset } = args;
    if (dataset === undefined)
      throw new UsageError(`data ${action} needs a data set (ssb data list)`);
    if (action === "fetch") {
      const directory = await fetchDataset(dataset, {
        onProgress: (what) => process.stderr.write(`${what}\n`),
      });
      show({ name: dataset, directory }, `${dataset} is in ${directory}\n`);
      return;
    }
    const set = await loadDataset(dataset, loadOptions(args));
    const counts = classCounts(set);
    const { name, split, selection, count, shape, classNames, source } = set;
    const { describeUnits, sizeOf } = await import("@symbreak/core");
    const { values, units, ignored, damaged, notes } = set;
    let sum = 0;
    for (const value of values) sum += value;
    const isBytes = values instanceof Uint8Array;
    const mean = sum / values.length;
    const left = Object.entries(ignored).map(([kind, n]) => `ignored: ${n} × ${kind}`);
    show(
      {
        name,
        split: split ?? null,
        selection,
        count,
        shape,
        size: sizeOf(set.shape),
        classNames: classNames ?? null,
        classCounts: counts ?? null,
        meanByte: isBytes ? mean : null,
        units: units.name,
        ignored,
        damaged,
        notes,
        source,
      },
      `${describe(set)}\nfrom ${source}\n${describeUnits(units)}\nmean ${isBytes ? `pixel ${mean.toFixed(4)} of 255` : mean.toPrecision(6)}\n${[...left, ...notes, ...damaged].map((line) => `${line}\n`).join("")}${
        counts
          ? `\n${textTable(
              ["class", "name", "images"],
              counts.map((n, k) => [String(k), classNames?.[k] ?? "", String(n)]),
              [0, 1],
            )}`
          : ""
      }`,
    );
  },
});
