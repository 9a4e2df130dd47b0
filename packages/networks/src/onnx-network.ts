import { invalid, type Moments, processOf } from "@symbreak/core";
import { type Denoiser, type Network, onnxDenoiser } from "@symbreak/samplers";
import { defaultsOf, type NetworkNotes } from "./network-notes.ts";
import type { InputMetadata, NetworkSession, OnnxRuntime } from "./runtime.ts";

/** What {@link onnxNetwork} puts together. */
export interface OnnxNetworkParts {
  readonly name: string;
  readonly digest: string | null;
  readonly notes: NetworkNotes;
  readonly session: NetworkSession;
  readonly runtime: Pick<OnnxRuntime, "Tensor">;
  readonly moments?: Moments | undefined;
}

/**
 * A session and its notes as a `Network`. What the notes leave open is read from the file: the names of its inputs, their
 * element types (float32, float16, int32, int64) and whether the batch is fixed (a last batch is then padded).
 *
 * @throws RangeError where the notes do not fit the file
 */
export function onnxNetwork(parts: OnnxNetworkParts): Network {
  const { name, digest, notes, moments } = parts;
  const { classes, trainedOn } = notes;
  return {
    name,
    digest,
    denoiser: denoiserOf(parts),
    process: processOf(notes.process),
    units: notes.units,
    moments,
    classes: classes && {
      count: classes.count,
      names: classes.names,
      unconditional: classes.none !== undefined,
    },
    defaults: defaultsOf(notes),
    trainedOn,
  };
}

function denoiserOf({ name, notes, session, runtime: { Tensor } }: OnnxNetworkParts): Denoiser {
  const { shape, prediction, scaling, variance, classes, inputs = {} } = notes;
  for (const input of [inputs.sample, inputs.timestep, inputs.classes])
    if (input !== undefined && !session.inputNames.includes(input))
      throw invalid(
        "onnxNetwork",
        `names must be of the session's inputs [${session.inputNames}]`,
        input,
      );
  const declared = session.inputMetadata ?? [];
  const named = (input: string): InputMetadata | undefined =>
    declared.find((metadata) => metadata.name === input);
  const sample = inputs.sample ?? byShape(session, declared, shape) ?? session.inputNames[0]!;
  const labels = classes && (inputs.classes ?? LABELS.find((n) => session.inputNames.includes(n)));
  if (classes !== undefined && labels === undefined)
    throw invalid(
      "onnxNetwork",
      `inputs.classes must name the input of class labels in ${name}`,
      session.inputNames,
    );
  const rest = session.inputNames.filter((input) => input !== sample && input !== labels);
  const timestep = inputs.timestep ?? rest[0];
  if (timestep === undefined || (inputs.timestep === undefined && rest.length !== 1))
    throw invalid(
      "onnxNetwork",
      `inputs.timestep must name the input of the noise level in ${name}`,
      session.inputNames,
    );
  const given = session.inputNames.find((n) => n !== sample && n !== timestep && n !== labels);
  if (given !== undefined)
    throw invalid("onnxNetwork", `${name} must have no further inputs`, given);
  const batch = named(sample)?.shape?.[0];
  return onnxDenoiser(session, {
    Tensor,
    shape,
    predicts: prediction,
    ...(variance && { variance }),
    scaling,
    names: { sample, timestep, ...(inputs.output && { output: inputs.output }) },
    timestepShape: notes.timestepShape ?? timestepShapeOf(named(timestep)),
    types: {
      sample: floatTypeOf(name, named(sample)),
      timestep: typeOf(name, named(timestep)),
      ...(labels && { classes: typeOf(name, named(labels)) }),
    },
    ...(typeof batch === "number" && { fixedBatch: batch }),
    ...(labels && { classes: { input: labels, none: classes?.none, scale: classes?.scale } }),
  });
}

/** What inputs of class labels are called, most often. */
const LABELS = ["class_labels", "labels", "y", "class"];

/** The input whose declared dimensions end like a sample's. */
function byShape(
  { inputNames }: NetworkSession,
  declared: readonly InputMetadata[],
  shape: readonly number[],
): string | undefined {
  const fits = declared.filter(
    ({ shape: dims }) =>
      dims?.length === shape.length + 1 &&
      shape.every((side, axis) => typeof dims[axis + 1] !== "number" || dims[axis + 1] === side),
  );
  return fits.length === 1 && inputNames.includes(fits[0]!.name) ? fits[0]!.name : undefined;
}

function timestepShapeOf(metadata: InputMetadata | undefined): "batch" | "single" | "scalar" {
  if (metadata?.shape === undefined) return "batch";
  if (metadata.shape.length === 0) return "scalar";
  return metadata.shape[0] === 1 ? "single" : "batch";
}

function floatTypeOf(
  name: string,
  metadata: InputMetadata | undefined,
): "float32" | "float16" | undefined {
  const type = typeOf(name, metadata);
  if (type === undefined || type === "float32" || type === "float16") return type;
  throw invalid("onnxNetwork", `the samples of ${name} must be float32 or float16`, type);
}

const TYPES = ["float32", "float16", "int64", "int32"] as const;

function typeOf(
  name: string,
  metadata: InputMetadata | undefined,
): (typeof TYPES)[number] | undefined {
  const { type, name: input } = metadata ?? {};
  if (type === undefined) return undefined;
  const known = TYPES.find((known) => known === type);
  if (known === undefined)
    throw invalid("onnxNetwork", `input "${input}" of ${name} must be ${TYPES.join(", ")}`, type);
  return known;
}
