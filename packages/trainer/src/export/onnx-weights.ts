import { invalid } from "@symbreak/core";
import { sizeOf } from "@symbreak/graph";
import type { Weights } from "../diffusers/weights.ts";
import { fromFloat16 } from "../formats/half.ts";
import { fields, varints } from "./onnx-fields.ts";

/** ModelProto.graph, GraphProto.initializer, and dims, data_type, name and raw_data of a TensorProto. */
const [GRAPH, INITIALISER, DIMS, TYPE, NAME, RAW] = [7, 5, 1, 2, 8, 9];
const [FLOAT, FLOAT16] = [1, 10];

/**
 * The weights in an ONNX file by name, in single precision: those of a file of `exportOnnx` are the network's own, rounded
 * where it was written in half precision. Constants of other types are passed over, and so is what is stored outside the
 * file.
 *
 * @throws RangeError for what is not an ONNX file, and for a weight that has not as many numbers as it says
 */
export function onnxWeights(onnx: Uint8Array): Weights {
  const graphs = fields(onnx).filter(({ id }) => id === GRAPH);
  const tensors = graphs
    .flatMap(({ bytes }) => fields(bytes))
    .filter(({ id }) => id === INITIALISER)
    .map(({ bytes }) => fields(bytes));
  const found = tensors.flatMap((tensor) => {
    const part = (wanted: number) => tensor.find(({ id }) => id === wanted);
    const type = part(TYPE)?.number;
    const raw = part(RAW)?.bytes;
    const name = part(NAME)?.bytes;
    if (raw === undefined || name === undefined || (type !== FLOAT && type !== FLOAT16)) return [];
    const dims = tensor.filter(({ id }) => id === DIMS);
    const shape = dims.flatMap(({ bytes, number }) =>
      number === undefined ? varints(bytes) : number,
    );
    const label = new TextDecoder().decode(name);
    const wanted = sizeOf(shape) * (type === FLOAT ? 4 : 2);
    if (raw.length !== wanted)
      throw invalid("onnxWeights", `"${label}" must have ${wanted} bytes, [${shape}]`, raw.length);
    // Copied, since the numbers may lie at any byte of the file.
    const { buffer } = Uint8Array.from(raw);
    const values = type === FLOAT ? new Float32Array(buffer) : fromFloat16(new Uint16Array(buffer));
    return [[label, values] as const];
  });
  return Object.fromEntries(found);
}
