import { dataMoments } from "@symbreak/analysis";
import { UNITS, type UnitsName, withUnits } from "@symbreak/core";
import { DatasetError, type LoadOptions, loadDataset } from "@symbreak/datasets";
import { type ExportableNetwork, exportNetwork } from "@symbreak/networks";
import { isClassifier, type Pipeline, parameterCount } from "@symbreak/trainer";
import { exportVerified, type VerifiedExport } from "@symbreak/trainer/node";
import { oneOf } from "./parse.ts";

/** A network's file, and what is known of both. Plain JSON but for the file. */
export interface Exported {
  readonly onnx: Uint8Array;
  readonly bytes: number;
  readonly precision: "float32" | "float16";
  /** The network's class. */
  readonly network: string;
  readonly parameters: number;
  /** The shape of one sample. */
  readonly sample: readonly number[];
  readonly classes: number | undefined;
  /** The noise that it was trained for, in words. */
  readonly scheduler: string;
  /** What it was trained on, as the options of `loadDataset`, with the name of its units. */
  readonly data: object | undefined;
  /** Whether the moments of its data are in the file, so that a late start needs no data. */
  readonly moments: boolean;
  readonly verification: VerifiedExport["verification"];
}

/** What a network was trained on. */
export interface TrainedOn {
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: string;
}

/** Writes a network as a file that says all that is known of it, moments included where the data are here, and checks it. */
export async function exported(
  network: ExportableNetwork,
  precision: "float32" | "float16",
  given: TrainedOn | undefined,
): Promise<Exported> {
  process.stderr.write("Comparing the ONNX file with the network in double precision …\n");
  const { verification } = await exportVerified(network, { precision });
  const data = given ?? dataOf(network);
  const scale = data && oneOf("--scale", data.scale, UNITS);
  // A classifier is not sampled: it needs no moments.
  const wanted = isClassifier(network.model) ? undefined : data;
  const set = wanted && (await loaded(wanted, given !== undefined));
  const seen = set && withUnits(set, scale as UnitsName);
  const found = seen && (await dataMoments(seen));
  const trainedOn = data && { dataset: data.dataset, ...data.options };
  const onnx = await exportNetwork(network, {
    precision,
    units: seen?.units,
    moments: found,
    ...(given && { trainedOn }),
  });
  return {
    ...{ onnx, bytes: onnx.length, precision },
    ...described(network),
    data: trainedOn && { ...trainedOn, scale },
    moments: found !== undefined,
    verification,
  };
}

/** The rows of a table of what was exported. */
export function exportedRows(file: string, of: Exported): string[][] {
  const { error, tolerance, compared } = of.verification;
  const size = (of.bytes / 2 ** 20).toFixed(1);
  return [
    ["network", `${of.network}, ${of.parameters.toLocaleString("en")} parameters`],
    ["sample", of.sample.join(" × ")],
    ["scheduler", of.scheduler],
    ["moments", of.moments ? "in the file" : "not in the file: a late start needs --data"],
    [
      "largest error",
      `${error.toExponential(1)} of the output (allowed ${tolerance}), at ${compared.slice(1).join(" × ")}`,
    ],
    ["file", `${file}, ${size} MiB, ${of.precision}, any batch`],
  ];
}

function dataOf({ config }: ExportableNetwork): TrainedOn | undefined {
  if (config === undefined) return undefined;
  const { dataset, scale, flip: _, ...options } = config.data;
  return { dataset, options, scale };
}

/** The data; undefined where they are not here and nobody named them. */
async function loaded({ dataset, options }: TrainedOn, named: boolean) {
  try {
    return await loadDataset(dataset, options);
  } catch (error) {
    if (named || !(error instanceof DatasetError)) throw error;
    process.stderr.write(`No moments in the file: ${error.message}\n`);
    return undefined;
  }
}

/** The network and the noise that it was trained for. */
function described({ model, scheduler }: Pipeline) {
  const { _class_name: name, beta_schedule: betas, num_train_timesteps: steps } = scheduler ?? {};
  const { prediction_type: predicts = "epsilon" } = scheduler ?? {};
  const noise = betas === undefined ? `${name}` : `${name}, ${betas}, ${steps} steps, ${predicts}`;
  return {
    network: model.className,
    parameters: parameterCount(model),
    sample: model.shape,
    classes: model.labels,
    scheduler: scheduler === undefined ? "none stored" : noise,
  };
}
