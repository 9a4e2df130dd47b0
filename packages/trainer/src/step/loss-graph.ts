import { invalid } from "@symbreak/core";
import { input, type Program, program, sizeOf, type Tensor, unpack } from "@symbreak/graph";
import type { Values, ValuesByName } from "../engines/engine.ts";
import type { Dropout, Model, ParameterSpec, Parameters } from "../model.ts";
import type { Batch, Loss, Objective } from "../objectives/objective.ts";
import { layoutOf, layoutSize } from "./layout.ts";

/** A network and what it is trained or judged by. */
export interface Task {
  readonly model: Model;
  readonly objective: Objective;
  /** Samples in a batch. */
  readonly batch: number;
}

/** The loss of a batch as a graph. */
export interface LossGraph extends Loss {
  /** The input "parameters", packed, and its pieces by name. */
  readonly parameters: Tensor;
  readonly weights: Parameters;
}

/** The network's parameters, then the objective's own. */
export function parametersOf({ model, objective }: Omit<Task, "batch">): readonly ParameterSpec[] {
  return [...model.parameters, ...(objective.parameters ?? [])];
}

/** Builds it, with inputs for the packed parameters, the objective's feeds, and the labels of a conditional network. */
export function lossGraph(task: Task, dropout?: Dropout): LossGraph {
  const { model, objective, batch: n } = task;
  const layout = layoutOf(parametersOf(task));
  const parameters = input("parameters", [layoutSize(layout)]);
  const weights: Parameters = unpack(parameters, layout);
  const inputs: Record<string, Tensor> = {};
  for (const [name, { shape, dtype }] of Object.entries(objective.inputs(model.shape)))
    inputs[name] = input(name, [n, ...shape], dtype);
  const labels =
    model.labels === undefined ? undefined : (inputs.labels ?? input("labels", [n], "int32"));
  const extras = { ...(labels && { labels }), ...(dropout && { dropout }) };
  const network = (x: Tensor, timestep: Tensor): Tensor =>
    model.apply(weights, x, timestep, extras);
  return { ...objective.loss(network, inputs, weights), parameters, weights };
}

/** The loss without training or dropout: "parameters" and the objective's feeds → "loss" and "perSample" [n]. */
export function lossProgram(task: Task): Program {
  const { loss, perSample } = lossGraph(task);
  return program({ loss, perSample });
}

/** Those of the values that a program takes: an objective may make more than a network looks at. */
export function feedsFor({ inputs }: Program, values: ValuesByName): Record<string, Values> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in inputs));
}

/** Checks that a batch is what the task was built for. */
export function checkBatch(
  { data, count, labels }: Batch,
  { model, objective: { points = 1 }, batch }: Task,
): void {
  if (count !== batch) throw invalid("prepare", `the batch must have ${batch} samples`, count);
  const size = batch * points * sizeOf(model.shape);
  if (data.length !== size) {
    const rule = `data must have ${size} values, ${batch * points} of [${model.shape}]`;
    throw invalid("prepare", rule, data.length);
  }
  if (model.labels !== undefined && labels?.length !== batch)
    throw invalid("prepare", `a network with classes needs ${batch} labels`, labels?.length);
}
