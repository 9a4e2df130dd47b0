import { invalid } from "@symbreak/core";
import {
  broadcastTo,
  constant,
  gradients,
  input,
  type Program,
  pack,
  program,
  sizeOf,
  type Tensor,
  unpack,
} from "@symbreak/graph";
import type { CompileOptions, ShardedStep, Values } from "../engines/engine.ts";
import type { Model, Parameters } from "../model.ts";
import type { Batch, Objective, Prepared } from "../objectives/objective.ts";
import { stepRandom } from "../objectives/step-random.ts";
import type { Optimiser } from "../optimiser/adam.ts";
import { type DropoutSite, dropoutMasks, recordDropout } from "./dropout.ts";
import { type Layout, layoutOf, layoutSize, packWeights } from "./layout.ts";

/** What a training step is made of. */
export interface StepOptions {
  readonly model: Model;
  readonly objective: Objective;
  readonly optimiser: Optimiser;
  /** Samples in a step. */
  readonly batch: number;
}

/** A whole training step as one static program, with all that an engine and a loop need of it. */
export interface TrainingStep {
  /**
   * State and feeds → next state, and what is said of the step: "loss", "perSample" [n] and "gradientNorm". A
   * "gradientNorm" that is not finite means that the state was left as it was.
   */
  readonly program: Program;
  /** For `Engine.compile`: `{ "next.parameters": "parameters", … }`. */
  readonly state: CompileOptions["state"];
  /** For `Engine.compile`: the same step for data-parallel workers. */
  readonly parallel: (shards: number) => ShardedStep | undefined;
  /** The network's parameters, then the objective's own, in the order in which they are packed. */
  readonly layout: Layout;
  /** The state before the first step: weights by seed, their average the same, moments zero. */
  initialState(seed: number | bigint): Record<string, Float32Array>;
  /** What step `step` (from 0) of the run with this seed is fed. The same arguments give the same feeds. */
  prepare(batch: Batch, at: { seed: number | bigint; step: number }): Prepared;
}

/** Puts a network, an objective and an optimiser together. */
export function trainingStep(options: StepOptions): TrainingStep {
  const { model, objective, optimiser, batch } = options;
  if (!Number.isInteger(batch) || batch < 1)
    throw invalid("trainingStep", "batch must be a positive whole number", batch);
  const specs = [...model.parameters, ...(objective.parameters ?? [])];
  const layout = layoutOf(specs);
  const length = layoutSize(layout);
  const names = ["parameters", ...optimiser.state];
  const whole = lossAndGradient(options, batch);
  const update = (gradient: Tensor): Record<string, Tensor> => {
    const { parameters } = whole;
    const pulled = decayed(whole, model.parameters.length);
    const step = { parameters, gradient, decayed: pulled };
    const { next, gradientNorm } = optimiser.update(step);
    const state = names.map((name) => [`next.${name}`, next[name]!] as const);
    return { ...Object.fromEntries(state), gradientNorm };
  };

  return {
    layout,
    program: program({
      loss: whole.loss,
      perSample: whole.perSample,
      ...update(whole.gradient),
    }),
    state: Object.fromEntries(names.map((name) => [`next.${name}`, name])),
    parallel: (shards) => {
      if (batch % shards !== 0) return undefined;
      const { loss, perSample, gradient } = lossAndGradient(options, batch / shards);
      return {
        gradients: program({ loss, perSample, gradient }),
        update: program(update(input("gradient", [length]))),
      };
    },
    initialState: (seed) => {
      const weights = specs.map(
        ({ name, shape, init }, i) => [name, init(shape, seed, i)] as const,
      );
      const parameters = packWeights(layout, Object.fromEntries(weights));
      const zeros = names.map((name) => [name, new Float32Array(length)] as const);
      return { ...Object.fromEntries(zeros), parameters, ema: parameters.slice() };
    },
    prepare: (data, { seed, step }) => {
      checkBatch(data, options);
      const random = stepRandom(seed, step);
      const prepared = objective.prepare(data, random);
      const feeds: Record<string, Values> = {
        ...prepared.feeds,
        ...(model.labels !== undefined && { labels: data.labels! }),
        ...dropoutMasks(whole.sites, random),
        ...optimiser.feeds(step),
      };
      return { ...prepared, feeds };
    },
  };
}

/** The part of a step that depends on the batch. */
interface Differentiated {
  readonly loss: Tensor;
  readonly perSample: Tensor;
  readonly parameters: Tensor;
  readonly gradient: Tensor;
  /** Parameters and their gradients one by one. */
  readonly weights: readonly Tensor[];
  readonly pieces: readonly Tensor[];
  readonly sites: readonly DropoutSite[];
}

function lossAndGradient({ model, objective }: StepOptions, n: number): Differentiated {
  const specs = [...model.parameters, ...(objective.parameters ?? [])];
  const layout = layoutOf(specs);
  const parameters = input("parameters", [layoutSize(layout)]);
  const weights = unpack(parameters, layout) as Parameters;
  const inputs = Object.entries(objective.inputs(model.shape)).map(
    ([name, { shape, dtype }]) => [name, input(name, [n, ...shape], dtype)] as const,
  );
  const fed: Record<string, Tensor> = Object.fromEntries(inputs);
  const sites: DropoutSite[] = [];
  const labels =
    model.labels === undefined ? undefined : (fed.labels ?? input("labels", [n], "int32"));
  const extras = { dropout: recordDropout(sites), ...(labels && { labels }) };
  const {
    loss,
    perSample,
    gradients: own = {},
  } = objective.loss((x, timestep) => model.apply(weights, x, timestep, extras), fed, weights);
  const all = specs.map(({ name }) => weights[name]!);
  const pieces = gradients(loss, all).map((piece, i) => own[specs[i]!.name] ?? piece);
  return { loss, perSample, parameters, gradient: pack(pieces), weights: all, pieces, sites };
}

/**
 * The parameters that weight decay pulls, zeros in place of the others: a network's fixed tables, which no gradient
 * reaches, and the objective's own, which are no weights.
 */
function decayed({ parameters, weights, pieces }: Differentiated, count: number): Tensor {
  const pulled = weights.map((_, i) => i < count && !isConstant(pieces[i]!));
  if (pulled.every(Boolean)) return parameters;
  return pack(weights.map((w, i) => (pulled[i] ? w : broadcastTo(constant(0), w.shape))));
}

/** What `gradients` gives for a tensor that the loss does not depend on. */
function isConstant({ node }: Tensor): boolean {
  const { op, inputs } = node;
  return op.name === "constant" || (op.name === "broadcastTo" && isConstant(inputs[0]!));
}

function checkBatch({ data, count, labels }: Batch, { model, batch }: StepOptions): void {
  if (count !== batch) throw invalid("prepare", `the batch must have ${batch} samples`, count);
  const size = batch * sizeOf(model.shape);
  if (data.length !== size)
    throw invalid(
      "prepare",
      `data must have ${size} values, ${batch} × [${model.shape}]`,
      data.length,
    );
  if (model.labels !== undefined && labels?.length !== batch)
    throw invalid("prepare", `a network with classes needs ${batch} labels`, labels?.length);
}
