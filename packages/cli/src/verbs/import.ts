import { basename, join, resolve } from "node:path";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb import <directory>` */
export const importNetwork: Verb = defineVerb({
  summary: "Take over a diffusers DDPM directory: check it, and make a run of it with an ONNX file",
  args: {
    directory: {
      type: "positional",
      required: true,
      description: "A pipeline directory of diffusers, with a UNet2DModel in safetensors",
    },
    out: { type: "string", description: "Directory of the run (default runs/<directory's name>)" },
  },
  examples: ["ssb import ./ddpm-cifar10-32", "ssb import ./ddpm-ema-celebahq-256 --out runs/faces"],
  run: async ({ directory, out, json }) => {
    const [
      { exportVerified, readPipelineDirectory },
      { pipelineFiles },
      { fromSchedulerConfig },
      { writeRun },
      { describeNetwork },
    ] = await Promise.all([
      import("@symbreak/trainer/node"),
      import("@symbreak/trainer"),
      import("@symbreak/networks"),
      import("../write-run.ts"),
      import("../network/describe-network.ts"),
    ]);
    const pipeline = await readPipelineDirectory(directory);
    // Throws, and names the setting, where the scheduler is not one that we sample with.
    if (pipeline.scheduler) fromSchedulerConfig(pipeline.scheduler);
    process.stderr.write("Comparing the ONNX file with the network in double precision …\n");
    const { onnx, verification } = await exportVerified(pipeline);
    const run = out ?? join("runs", basename(resolve(directory)));
    writeRun(run, { ...pipelineFiles(pipeline), "model.onnx": onnx });
    const result = { run, ...describeNetwork(pipeline), verification };
    if (json) {
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      return;
    }
    const { error, tolerance, compared } = verification;
    process.stdout.write(
      textTable(
        [],
        [
          ["network", `${result.network}, ${result.parameters.toLocaleString("en")} parameters`],
          ["sample", result.sample.join(" × ")],
          ["scheduler", result.scheduler],
          [
            "ONNX file",
            `model.onnx, off by ${error.toExponential(1)} (allowed ${tolerance}) at ${compared.slice(1).join(" × ")}`,
          ],
          ["run", run],
        ],
        [0, 1],
      ),
    );
  },
});
