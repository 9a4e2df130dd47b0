import { basename, dirname, join } from "node:path";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb export <directory>` */
export const exportNetwork: Verb = defineVerb({
  summary: "Write a trained network as an ONNX file, and check the file",
  args: {
    directory: {
      type: "positional",
      required: true,
      description: "A run of ssb train, or a diffusers pipeline directory",
    },
    onnx: { type: "string", description: "The file (default <directory>/model.onnx)" },
    fp16: { type: "boolean", description: "Weights in half precision: half the file" },
  },
  examples: ["ssb export runs/mnist-tiny", "ssb export ./ddpm-cifar10-32 --onnx ddpm.onnx --fp16"],
  run: async ({ directory, onnx, fp16, json }) => {
    const [{ exportVerified, readRunDirectory }, { writeRun }, { describeNetwork }] =
      await Promise.all([
        import("@symbreak/trainer/node"),
        import("../write-run.ts"),
        import("../network/describe-network.ts"),
      ]);
    const { config, ...pipeline } = await readRunDirectory(directory);
    const precision = fp16 ? "float16" : "float32";
    process.stderr.write("Comparing the file with the network in double precision …\n");
    const exported = await exportVerified(pipeline, {
      precision,
      ...(config && { data: config.data }),
    });
    const file = onnx ?? join(directory, "model.onnx");
    writeRun(dirname(file), { [basename(file)]: exported.onnx });
    const result = {
      file,
      bytes: exported.onnx.length,
      precision,
      ...describeNetwork(pipeline),
      data: config?.data,
      verification: exported.verification,
    };
    if (json) {
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      return;
    }
    const { error, tolerance, compared } = exported.verification;
    process.stdout.write(
      textTable(
        [],
        [
          ["network", `${result.network}, ${result.parameters.toLocaleString("en")} parameters`],
          ["sample", result.sample.join(" × ")],
          ["scheduler", result.scheduler],
          [
            "largest error",
            `${error.toExponential(1)} of the output (allowed ${tolerance}), at ${compared.slice(1).join(" × ")}`,
          ],
          ["file", `${file}, ${(result.bytes / 2 ** 20).toFixed(1)} MiB, ${precision}, any batch`],
        ],
        [0, 1],
      ),
    );
  },
});
