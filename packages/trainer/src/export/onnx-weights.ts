import { invalid, parseJson } from "@symbreak/core";
import { sizeOf } from "@symbreak/graph";
import type { Weights } from "../diffusers/weights.ts";
import { fromFloat16 } from "../formats/half.ts";
import type { ConfigFile } from "../models/config-file.ts";
import { modelFromConfig } from "../models/model-from-config.ts";
import { fields } from "./onnx-fields.ts";
import { onnxMetadata } from "./onnx-metadata.ts";

/** ModelProto.graph, GraphProto.initializer, and data_type, name and raw_data of a TensorProto. */
const [GRAPH, INITIALISER, TYPE, NAME, RAW] = [7, 5, 2, 8, 9];
const [FLOAT, FLOAT16] = [1, 10];

/**
 * The weights of the network in a file of `exportOnnx`, by name, in single precision: the network's own, rounded where the
 * file was written in half precision.
 *
 * @throws RangeError for what is not such a file, and for one in which a weight is missing or has another size
 */
export function onnxWeights(onnx: Uint8Array): Weights {
  const { config } = onnxMetadata(onnx);
  if (config === undefined)
    throw invalid("onnxWeights", "the file must be one of exportOnnx", "no note of its network");
  const found = initialisers(onnx);
  const { parameters } = modelFromConfig(
    parseJson(config, "onnxWeights: the note of the network") as ConfigFile,
  );
  return Object.fromEntries(
    parameters.map(({ name, shape }) => {
      const values = found.get(name);
      if (values?.length !== sizeOf(shape)) {
        const rule = `"${name}" must have ${sizeOf(shape)} values in the file`;
        throw invalid("onnxWeights", rule, values?.length);
      }
      return [name, values] as const;
    }),
  );
}

/** The file's constants of single and half precision by name. */
function initialisers(onnx: Uint8Array): Map<string, Float32Array> {
  const graphs = fields(onnx).filter(({ id }) => id === GRAPH);
  const tensors = graphs
    .flatMap(({ bytes }) => fields(bytes))
    .filter(({ id }) => id === INITIALISER)
    .map(({ bytes }) => fields(bytes));
  const found = tensors.flatMap((tensor) => {
    const part = (wanted: number) => tensor.find(({ id }) => id === wanted);
    const type = part(TYPE)?.number;
    const [raw, name] = [part(RAW)?.bytes, part(NAME)?.bytes];
    if (raw === undefined || name === undefined || (type !== FLOAT && type !== FLOAT16)) return [];
    const width = type === FLOAT ? 4 : 2;
    if (raw.length % width !== 0) return [];
    // Copied, since the numbers may lie at any byte of the file.
    const { buffer } = Uint8Array.from(raw);
    const values = type === FLOAT ? new Float32Array(buffer) : fromFloat16(new Uint16Array(buffer));
    return [[new TextDecoder().decode(name), values] as const];
  });
  return new Map(found);
}
