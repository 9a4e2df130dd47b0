import { describeUnits, sizeOf, UNITS, withUnits } from "@symbreak/core";
import { classCounts, describe, fetchDataset, listDatasets, loadDataset } from "@symbreak/datasets";
import { DATA_OPTIONS, loadOptions, UNITS_OPTION } from "../options.ts";
import { oneOf } from "../parse.ts";
import type { Outcome } from "../publish.ts";
import { textTable } from "../terminal/table.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb data list|info|fetch` */
export const data: Verb = defineVerb({
  args: {
    action: { type: "positional", required: true, description: "list, info or fetch." },
    dataset: {
      type: "positional",
      required: false,
      description: "A name of the list; for info also a file or a folder.",
    },
    ...DATA_OPTIONS,
    ...UNITS_OPTION,
  },
  examples: ["ssb data list", "ssb data info mnist --classes 1,8", "ssb data fetch fashion-mnist"],
  run: async (args) => {
    const action = oneOf("the action", args.action, ["list", "info", "fetch"]);
    const { dataset } = args;
    if (action === "list") return list();
    if (dataset === undefined)
      throw new UsageError(`data ${action} needs a data set (ssb data list)`);
    if (action === "fetch") {
      const directory = await fetchDataset(dataset, {
        onProgress: (what) => process.stderr.write(`${what}\n`),
      });
      return { result: { name: dataset, directory }, text: `${dataset} is in ${directory}\n` };
    }
    const loaded = await loadDataset(dataset, loadOptions(args));
    return info(
      args.scale ? withUnits(loaded, oneOf("--scale", args.scale, UNITS)) : loaded,
      loaded,
    );
  },
});

function list(): Outcome {
  const datasets = listDatasets();
  const rows = datasets.map(({ name, images, found, source }) => [
    name,
    images,
    found ?? `not here: ${source}`,
  ]);
  return { result: { datasets }, text: textTable(["name", "images", "found in"], rows, [0, 1, 2]) };
}

function info(
  set: ReturnType<typeof withUnits>,
  { ignored, damaged, notes }: Awaited<ReturnType<typeof loadDataset>>,
): Outcome {
  const { name, split, selection, values, count, shape, classNames, units, source } = set;
  const counts = classCounts(set);
  let sum = 0;
  for (const value of values) sum += value;
  const isBytes = values instanceof Uint8Array;
  const mean = sum / values.length;
  const left = Object.entries(ignored).map(([kind, n]) => `ignored: ${n} × ${kind}`);
  const classes = counts?.map((n, k) => [String(k), classNames?.[k] ?? "", String(n)]);
  return {
    result: {
      ...{ name, split: split ?? null, selection, count, shape, size: sizeOf(shape) },
      classNames: classNames ?? null,
      classCounts: counts ?? null,
      meanByte: isBytes ? mean : null,
      units: units.name,
      ...{ ignored, damaged, notes, source },
    },
    text: [
      describe(set),
      `from ${source}`,
      describeUnits(units),
      `mean ${isBytes ? `pixel ${mean.toFixed(4)} of 255` : mean.toPrecision(6)}`,
      ...[...left, ...notes, ...damaged],
      "",
      ...(classes ? [textTable(["class", "name", "images"], classes, [0, 1])] : []),
    ].join("\n"),
  };
}
