import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb doctor` */
export const doctor: Verb = defineVerb({
  args: {},
  examples: ["ssb doctor", "ssb doctor --json"],
  run: async () => {
    const { probeAll } = await import("../engine/probe.ts");
    const { listDatasets } = await import("@symbreak/datasets");
    const engines = await probeAll();
    const datasets = listDatasets();
    const result = {
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cpu: cpus()[0]?.model ?? "unknown",
      cores: availableParallelism(),
      memory: { totalBytes: totalmem(), freeBytes: freemem() },
      engines,
      datasets,
    };
    const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
    const machine = [
      ["Node", result.node],
      ["platform", result.platform],
      ["CPU", `${result.cores} × ${result.cpu}`],
      ["memory", `${gib(result.memory.totalBytes)}, ${gib(result.memory.freeBytes)} free`],
    ];
    const engineRows = engines.flatMap((engine) =>
      engine.available
        ? [[engine.name, "yes", engine.description]]
        : [
            [engine.name, "no", engine.reason],
            ["", "", engine.install],
          ],
    );
    const setRows = datasets.map(({ name, found, source }) => [
      name,
      found ? "yes" : "no",
      found ?? source,
    ]);
    return {
      result,
      text: [
        textTable([], machine, [0, 1]),
        textTable(["engine", "here", "what it is, or why not"], engineRows, [0, 1, 2]),
        textTable(["data set", "here", "where, or how to get it"], setRows, [0, 1, 2]),
      ].join("\n"),
    };
  },
});
